"""The profile `series`: what a file beside the scenario or the scenario itself lists, for its months."""

from collections.abc import Mapping as Table
from typing import Any

from simulation.document import Node, Scalar, month_text, report
from simulation.errors import quoted
from simulation.scenario.column import find_table, read_column
from simulation.scenario.frame import Asked
from simulation.scenario.layers import Entry
from simulation.scenario.profiles import Profile
from simulation.scenario.shapes import HIGHEST_TEMPO, UNIT, Series

SERIES_FORMS = (
    ("file", "column"),
    ("at", "values"),
)  # the fields that tell a series, of which one pair is said
_SAY = "say `file` and `column`, or `at` and `values`"


def read_series(
    asked: Asked, owner: Node, fields: Table[str, Entry], values: Table[str, Any]
) -> Profile | None:
    """The series that a file or the scenario itself lists, cut to the months of the scenario."""
    form = SERIES_FORMS[0] if fields.keys() & set(SERIES_FORMS[0]) else SERIES_FORMS[1]
    other = SERIES_FORMS[1] if form is SERIES_FORMS[0] else SERIES_FORMS[0]
    if not fields.keys() & {*form, *other}:
        report(
            asked.faults,
            owner,
            "a series has its values nowhere",
            _SAY,
        )
        return None
    for name in other:
        if name in fields:
            message = f"{quoted(name)} cannot stand beside `{form[0]}`"
            report(asked.faults, fields[name].key, message, _SAY)
    for name in form:
        if name not in fields:
            report(asked.faults, owner, f"the key {quoted(name)} is missing")
    if set(values) != set(form):
        return None
    series = _from_file(asked, fields) if form is SERIES_FORMS[0] else Series(values["values"], values["at"])
    return None if series is None else _covering(asked, series, fields[form[0]].node)


def _from_file(asked: Asked, fields: Table[str, Entry]) -> Series | None:
    file, column = fields["file"], fields["column"].node
    assert isinstance(file.node, Scalar)
    assert isinstance(column, Scalar)
    path = find_table(file.node, asked.folder(file.layer), asked.faults)
    found = None if path is None else read_column(path, column, HIGHEST_TEMPO, UNIT, asked.faults)
    return None if found is None else Series(found.values, found.first, file.node.text, column.text)


def _covering(asked: Asked, series: Series, node: Node) -> Series | None:
    """The series for the months of the scenario alone; a fault where it does not hold them all."""
    start, end = asked.frame.start, asked.frame.end
    if start is None or end is None:
        return None
    after = series.at + len(series.values)
    if series.at <= start and end <= after:
        return series.cut(start, end)
    name = "the series" if series.file is None else series.file
    begins, ends = month_text(series.at), month_text(after - 1)
    hint = f"the scenario runs from {month_text(start)} to {month_text(end - 1)}"
    report(asked.faults, node, f"{name} holds {begins} to {ends}, and not every month of the scenario", hint)
    return None
