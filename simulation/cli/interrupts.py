"""Ctrl-C that is heard at any moment.

An interrupt that comes while compiled code calls back into Python is swallowed there (*seen*: in the loading
of cached kernels), and a long run would go on. So it is noted too, and heeded at the next block of runs.
"""

import signal
from types import FrameType

_asked = False


def listen() -> None:
    """From now on note every interrupt, beside raising it."""
    global _asked  # noqa: PLW0603 (a signal has nowhere else to leave its note)
    _asked = False
    signal.signal(signal.SIGINT, _note)


def heed() -> None:
    """Raise KeyboardInterrupt where one was asked for and lost."""
    if _asked:
        raise KeyboardInterrupt


def _note(number: int, frame: FrameType | None) -> None:
    del number, frame
    global _asked  # noqa: PLW0603 (see above)
    _asked = True
    raise KeyboardInterrupt
