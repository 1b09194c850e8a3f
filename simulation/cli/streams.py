"""Output that goes on when its reader has left: `entente run x.yaml | head` still saves and draws it all."""

import io
import os
import sys
from pathlib import Path
from typing import Any, TextIO


class _Unread(io.FileIO):
    """An open file; what it can no longer give to anybody is dropped."""

    def write(self, data: Any, /) -> int:
        try:
            return super().write(data)
        except BrokenPipeError:
            return len(data)


def outlast_readers() -> None:
    """From now on a reader that leaves, or was never there, keeps nothing from being done and saved."""
    if sys.stdout is sys.__stdout__:
        sys.stdout = _outlasting(sys.stdout)
    if sys.stderr is sys.__stderr__:
        sys.stderr = _outlasting(sys.stderr)


def _outlasting(stream: TextIO | None) -> TextIO:
    """The stream, whose readers may leave; a closed one (`>&-`) is None, and becomes nowhere."""
    if stream is None:
        return Path(os.devnull).open("w", encoding="utf-8")
    stream.flush()
    file = io.BufferedWriter(_Unread(stream.fileno(), "wb", closefd=False))
    lines = stream.isatty() or stream is sys.__stderr__
    return io.TextIOWrapper(file, stream.encoding, stream.errors, line_buffering=lines)
