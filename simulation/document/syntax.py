"""What a fault in the syntax means: where it began, in words of the file and not of the parser."""

import re
from dataclasses import dataclass

import yaml

from simulation.document.nodes import Point, Source
from simulation.errors import visible

_KEY_OF_FILE = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*:(?:\s|$)")
_NO_SPACE = re.compile(r"(\s*(?:- +)?)([A-Za-z_][A-Za-z0-9_.]*):([^\s:].*)")
_DASHES = re.compile(r" *(?:- +)*(?=\S)")
_FLOW = {"while parsing a flow mapping": ("{", "}"), "while parsing a flow sequence": ("[", "]")}
_QUOTED = "while scanning a quoted scalar"
_SIMPLE_KEY = "while scanning a simple key"


@dataclass
class Explained:
    """One fault in the syntax: what is wrong, where, and from where on nothing is sure.

    Reading may go on after the line `goes_on_after`; `column` is where the line has to begin, if elsewhere.
    """

    at: Point
    message: str
    hint: str | None
    unsure_from: Point
    goes_on_after: int
    column: int | None = None


def next_key(source: Source, after: int) -> int:
    """The first line after that one which begins with a key of the file; 0 where none does."""
    lines = enumerate(source.lines[after:], after + 1)
    return next((number for number, line in lines if _KEY_OF_FILE.match(line)), 0)


def explain(error: yaml.MarkedYAMLError, source: Source, last: Point) -> Explained:
    """What the parser stumbled over; `last` is where the last word before it began."""
    mark = error.problem_mark or error.context_mark
    at = source.point(mark) if mark else (1, 1)
    began = source.point(error.context_mark) if error.context_mark else at
    problem, context = error.problem or "", error.context or ""
    if context in _FLOW and "expected" in problem:
        return _unclosed(_FLOW[context], at, began, source, last)
    if context == _QUOTED and "end of stream" in problem:
        mark_text = _char(source, began)
        message = f"the quote {mark_text} is not closed"
        return Explained(began, message, f"write {mark_text} where the text ends", began, began[0])
    if context == _SIMPLE_KEY:
        return _no_colon(began, source, last)
    if "mapping values" in problem:
        return _second_value(at, source, last)
    if context.startswith("while parsing a block") and problem.startswith(
        ("did not find", "expected <block")
    ):
        return _misplaced(at, context, source, last)
    if "node content" in problem and not _char(source, at):
        return _ended(source, last)
    message, hint = _token(error, _char(source, at), _char(source, began))
    return Explained(at, message, hint, min(last, at), at[0])


def _ended(source: Source, last: Point) -> Explained:
    """The text ends inside brackets: told where it does, and not in a line that is not there."""
    number = max((k for k, line in enumerate(source.lines, 1) if line.strip()), default=1)
    line = source.line(number).rstrip()
    point = (number, max(1, len(line)))
    hint = "close what is open, { with } and [ with ]"
    return Explained(point, "the text ends here, inside brackets", hint, min(last, point), number)


def _unclosed(pair: tuple[str, str], at: Point, began: Point, source: Source, last: Point) -> Explained:
    opening, closing = pair
    line = source.line(at[0])
    if at[0] == began[0] and _char(source, at):
        message, point = f"a comma or {closing} is wanted here", at
        hint = f"the {opening} of column {began[1]} is still open"
    elif line.strip() and not (_KEY_OF_FILE.match(line) and began[1] > 1):
        message, point = (
            f"a comma or {closing} is wanted before this",
            (at[0], len(line) - len(line.lstrip()) + 1),
        )
        hint = f"the {opening} of line {began[0]} is still open"
    else:
        message, point, hint = f"the bracket {opening} is not closed", began, f"close it with {closing}"
    return Explained(point, message, hint, last, began[0])


def _no_colon(at: Point, source: Source, last: Point) -> Explained:
    """A line that is neither a key with its colon nor a part of what stands before it."""
    line = source.line(at[0])
    found = _NO_SPACE.match(line)
    if found:
        point = (at[0], found.start(3) + 1)
        hint = visible(f'write "{found[2]}: {found[3].rstrip()[:40]}"')
        return Explained(point, "a space is wanted after the colon", hint, min(last, at), at[0])
    return Explained(at, "a colon is wanted after the key", "write `key: value`", min(last, at), at[0])


def _second_value(at: Point, source: Source, last: Point) -> Explained:
    """A colon after a value that is complete."""
    line = source.line(at[0])
    if last[0] == at[0]:
        message = "a second colon stands in this line"
        return Explained(at, message, 'a text that holds ": " needs quotes', last, at[0])
    begin = len(line) - len(line.lstrip()) + 1
    above = source.line(last[0])
    indent = len(above) - len(above.lstrip()) + 1
    if begin <= indent:
        return _no_colon((last[0], indent), source, last)
    message = f"this line is indented below line {last[0]}, which has its value already"
    return Explained((at[0], begin), message, f"begin it in column {indent}", last, at[0], indent)


def _misplaced(at: Point, context: str, source: Source, last: Point) -> Explained:
    """Something that fits nowhere among the lines above."""
    char = _char(source, at)
    first = not source.line(at[0])[: at[1] - 1].strip()
    hint: str | None = None
    column: int | None = None
    if char and char in "]}":
        message, hint = f"this {char} closes nothing", "delete it, or open it before"
    elif char == ",":
        message, hint = "a value is wanted before this comma", "take the comma out"
    elif char == ":" and first:
        message, hint = "a key is wanted before the colon", "write `key: value`"
    elif first and context.endswith("collection"):
        message = "this line belongs to no item of the list above"
        column = _column_above(source, at)
        hint = "begin it with `- `, or in the column of the item's first key"
    elif first and char == "-":
        message = "an item of a list stands among keys"
        hint = "indent it below the key whose list it belongs to"
    elif first:
        message = "no line above begins in this column"
        column = _column_above(source, at)
        hint = "begin it in the column of the lines it belongs with"
    elif context.endswith("node"):
        message = "a value is wanted here"
    else:
        message = "the value has ended before this"
        if source.line(at[0])[: at[1] - 1].rstrip().endswith(("'", '"')):
            hint = "a text with quotes in it: write '' for ' between '…', and \\\" for \" between \"…\""
    return Explained(at, message, hint, at if first else min(last, at), at[0], column)


def _column_above(source: Source, at: Point) -> int | None:
    """The column of the lines above that stand further right than this one; None where there are none."""
    found = None
    for line in reversed(source.lines[: at[0] - 1]):
        dashes = _DASHES.match(line)
        begins = dashes.end() + 1 if dashes else at[1] + 1
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if begins <= at[1]:
            break
        found = begins if found is None else min(found, begins)
        if line.lstrip().startswith("- "):
            break  # the first key of the item
    return found


def _token(error: yaml.MarkedYAMLError, char: str, opening: str) -> tuple[str, str | None]:
    """A sign that cannot stand where it does."""
    problem, context = error.problem or "", error.context or ""
    if "escape" in problem:
        return "after a backslash a sign is wanted that YAML knows", "write \\\\ for a backslash"
    if "block sequence entries" in problem:
        return "a list cannot begin in the line of its key", "write [a, b], or each item in a line of its own"
    if "node content" in problem and char and char in ",]}":
        return f"a value is wanted before this {char}", None
    if "cannot start any token" in problem and char:
        return f"a text cannot begin with {visible(char)}", "put it in quotes"
    if context.startswith("while scanning a") and opening and opening in "*&!|>%":
        return f"a text cannot begin with {opening}", "put it in quotes"
    return f"not YAML: {visible(problem or context)}", None


def _char(source: Source, at: Point) -> str:
    return source.line(at[0])[at[1] - 1 : at[1]]
