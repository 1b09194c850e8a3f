"""What is wrong with a command line, in the words that faults in files have."""

import re
from collections.abc import Sequence
from importlib.util import find_spec
from typing import NamedTuple
from urllib.parse import urlsplit

from simulation.api import MOST_THREADS
from simulation.document import as_int, read_value
from simulation.errors import Fault, nearest, quoted, suggestion
from simulation.scenario.schema import MOST_RUNS


class Workforce(NamedTuple):
    """Who computes: threads of this machine (None: all cores), or the workers of a scheduler."""

    threads: int | None
    scheduler: str | None


def with_runs(settings: Sequence[str] | None, runs: str | None, faults: list[Fault]) -> list[str]:
    """The `--set` texts, and `--runs` as one of them."""
    count = _number("--runs", runs, MOST_RUNS, "runs", faults)
    return [*([f"runs={count}"] if count is not None else []), *(settings or [])]


def threads_of(text: str | None, faults: list[Fault]) -> int | None:
    """How many threads `--threads` says."""
    return _number("--threads", text, MOST_THREADS, "threads", faults)


def workforce(threads: str | None, scheduler: str | None, faults: list[Fault]) -> Workforce:
    """Who computes, as `--threads` and `--scheduler` say."""
    found = Workforce(threads_of(threads, faults), scheduler)
    if scheduler is None:
        return found
    option = f"--scheduler {scheduler}"
    if not _is_address(scheduler):
        hint = "write tcp://HOST:PORT, such as tcp://127.0.0.1:8786"
        faults.append(Fault(f"--scheduler: {quoted(scheduler)} is no address", hint=hint, file=option))
    if threads is not None:
        message = "--threads are those of this machine, and with --scheduler others compute"
        faults.append(Fault(message, hint="`dask worker --nthreads` says how many each has", file=option))
    if find_spec("distributed") is None:
        message = "--scheduler wants dask.distributed, which is not installed"
        faults.append(Fault(message, hint="pip install 'entente-sim[cluster]'", file=option))
    return found


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        there = parts.scheme == "tcp" and bool(parts.hostname) and bool(parts.port)
    except ValueError:  # a port out of range, or brackets that do not close
        return False
    return there and re.fullmatch(r"tcp://[^\s/?#@]+", text) is not None


def _number(option: str, text: str | None, highest: int, unit: str, faults: list[Fault]) -> int | None:
    """The whole number from 1 that follows an option; None where there is none, or it is at fault."""
    if text is None:
        return None
    line = f"{option} {text}"
    node = read_value(line, len(option) + 1, line, faults)
    return None if node is None else as_int(node, faults, 1, highest, unit)


def usage_fault(error: Exception) -> Fault | None:
    """The fault that the command-line library means; None where the error is none of its own.

    Its classes live in modules that differ between its versions, so that they are told by name.
    """
    shown = getattr(error, "format_message", None)
    if shown is None:
        return None
    context = getattr(error, "ctx", None)
    path = getattr(context, "command_path", "entente")
    command = getattr(context, "command", None)
    message, hint = _said(error, str(shown()), command)
    more = f"{path} --help says more"
    return Fault(message, hint=f"{hint}{' ' if hint.endswith('?') else '; '}{more}" if hint else more)


def _said(error: Exception, shown: str, command: object) -> tuple[str, str | None]:
    """Message and hint for each kind of error."""
    kind = type(error).__name__
    option = str(getattr(error, "option_name", ""))
    if kind == "NoSuchOption":
        options = [name for one in getattr(command, "params", []) for name in one.opts]
        known = [name for name in options if name.startswith("--")]
        return f"there is no option {quoted(option)}", suggestion(option, [*known, "--help"])
    if kind == "MissingParameter":
        param = getattr(error, "param", None)
        what = str(getattr(param, "help", None) or "").rstrip(".")
        return f"{quoted(str(getattr(param, 'name', 'a word')))} is missing", what or None
    if kind == "BadOptionUsage":
        taken = "takes no value" if "not take" in shown else "wants a value after it"
        return f"the option {option} {taken}", None
    word = re.search(r"'([^']*)'", shown)
    if "No such command" in shown and word:
        near = nearest(word[1], list(getattr(command, "commands", {})))
        return f"there is no verb {quoted(word[1])}", f"did you mean {quoted(near)}?" if near else None
    extra = re.search(r"unexpected extra arguments? ?\(?s?\)? ?\((.*)\)", shown)
    if extra:
        return f"nothing takes the word {quoted(extra[1])}", None
    return shown, None
