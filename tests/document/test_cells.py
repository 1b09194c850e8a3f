"""Lines of a CSV file as cells with their places."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.document import read_cells
from simulation.errors import Fault


def cells(folder: Path, text: str) -> tuple[list[list[tuple[str, int]]], list[Fault]]:
    """Texts and columns of every line, and what was at fault."""
    path = folder / "a.csv"
    path.write_bytes(text.encode())
    faults: list[Fault] = []
    lines = read_cells(path, faults) or []
    return [[(cell.text, cell.column) for cell in line] for line in lines], faults


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("a,b", [("a", 1), ("b", 3)]),
        ("a, b ,c", [("a", 1), ("b", 4), ("c", 7)]),
        ("a,,", [("a", 1), ("", 3), ("", 4)]),
        ('a,"b, c",d', [("a", 1), ("b, c", 3), ("d", 10)]),
        ('"a ""b""",c', [('a "b"', 1), ("c", 11)]),
        ('a, "b" ,c', [("a", 1), ("b", 4), ("c", 9)]),
        ('a,b "c"', [("a", 1), ('b "c"', 3)]),
        ('"",b', [("", 1), ("b", 4)]),
    ],
)
def test_a_line_by_hand(tmp_path: Path, line: str, wanted: list[tuple[str, int]]) -> None:
    assert cells(tmp_path, line) == ([wanted], [])


def test_an_open_quote_is_a_fault_where_it_stands(tmp_path: Path) -> None:
    read, (fault,) = cells(tmp_path, 'a,b\n1,"2, 3\n')
    assert read[1] == [("1", 1), ("2, 3", 3)]
    assert str(fault).endswith('a.csv:2:3: this quote is not closed\n    1,"2, 3\n      ^')


def test_empty_lines_are_passed_over_and_a_mark_of_order_is_not_read(tmp_path: Path) -> None:
    assert cells(tmp_path, "\ufeffa\r\n\r\n\nb\n") == ([[("a", 1)], [("b", 1)]], [])


@given(st.lists(st.text(st.characters(codec="ascii", exclude_characters="\r\n"), min_size=1), min_size=1))
def test_what_is_quoted_is_read_as_it_was(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    if any(not text.isprintable() for text in texts):
        return
    line = ",".join('"' + text.replace('"', '""') + '"' for text in texts)
    read, faults = cells(tmp_path_factory.getbasetemp(), line)
    assert ([text for text, _ in read[0]], faults) == (texts, [])
