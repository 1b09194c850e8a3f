"""Sizes and propensities from files, and every fault in them."""

from pathlib import Path

import pytest

from simulation.errors import BadInput
from simulation.landscape.tables import read_tables

SIZES = "country,size\nBritain,7.45\nFrance,5.32\nGermany,11.49\n"
SQUARE = ",Britain,France,Germany\nBritain,,1,-2\nFrance,1,0,-3\nGermany,-2,-3,9\n"


def written(folder: Path, sizes: str, propensities: str) -> tuple[Path, Path]:
    paths = folder / "s.csv", folder / "p.csv"
    for path, text in zip(paths, (sizes, propensities), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def said(folder: Path, sizes: str, propensities: str) -> list[str]:
    """Each fault as place and message, and its hint after a bar."""
    with pytest.raises(BadInput) as caught:
        read_tables(*written(folder, sizes, propensities))
    found = []
    for fault in caught.value.faults:
        assert fault.place is None or fault.place.file.startswith(str(folder))
        where = (
            ""
            if fault.place is None
            else f"{Path(fault.place.file).name}:{fault.place.line}:{fault.place.column}: "
        )
        text = f"{where}{fault.message}".replace(f"{folder}/", "")
        found.append(f"{text} | {fault.hint}" if fault.hint else text)
    return found


def test_tables_are_read(tmp_path: Path) -> None:
    found = read_tables(*written(tmp_path, "\ufeff" + SIZES, "\ufeff" + SQUARE))
    assert found.names == ("Britain", "France", "Germany")
    assert found.sizes.tolist() == [7.45, 5.32, 11.49]
    assert found.propensities.tolist() == [[0, 1, -2], [1, 0, -3], [-2, -3, 0]]


def test_lines_may_stand_in_any_order(tmp_path: Path) -> None:
    turned = '"","Germany",Britain,France\nFrance,-3,1,0\n"Germany",0,-2,-3\nBritain,-2,0,1\n'
    found = read_tables(*written(tmp_path, SIZES.replace("country,size", " country , size"), turned))
    assert found.propensities.tolist() == [[0, 1, -2], [1, 0, -3], [-2, -3, 0]]


TURN = "a propensity is the same from both sides"
UNKNOWN = "there is no such country among the sizes"
PLACE = "are --sizes and --propensities in each other's place?"
CELLS = "a comma separates cells, a point decimals"
FAULTS = {
    "asymmetric": (
        SIZES, SQUARE.replace("France,1,", "France,1.5,"),
        [f'p.csv:3:8: "France" and "Britain": 1.5 here, and 1 in line 2, column 10 | {TURN}'],
    ),
    "no numbers": (
        SIZES, SQUARE.replace("Britain,,1,-2", "Britain,,nan,much").replace("9", "inf"),
        [
            'p.csv:2:10: "nan" is not a number | a number is finite',
            'p.csv:2:14: "much" is not a number',
            'p.csv:4:15: "inf" is not a number | a number is finite',
        ],
    ),
    "nothing in a cell": (
        SIZES, SQUARE.replace("France,1,", "France,,"), ["p.csv:3:8: a number is missing here"],
    ),
    "too large": (
        SIZES, SQUARE.replace("-3", "-3e9"),
        ["p.csv:3:12: -3e9 is below the lowest value, -1000000000 | from -1000000000 to 1000000000",
         "p.csv:4:12: -3e9 is below the lowest value, -1000000000 | from -1000000000 to 1000000000"],
    ),
    "sizes": (
        SIZES.replace("7.45", "-7.45").replace("5.32", "0").replace("11.49", "nan"), SQUARE,
        [
            "s.csv:2:9: -7.45 is below the lowest value, 0 | from 0 to 1000000000",
            "s.csv:3:8: 0 is no size: a country without weight is on no side | leave it out",
            's.csv:4:9: "nan" is not a number | a number is finite',
        ],
    ),
    "mistyped": (
        SIZES, SQUARE.replace("France,1,", "Frnace,1,"),
        [f'p.csv:3:1: the line of "Frnace": {UNKNOWN} | did you mean "France"?'],
    ),
    "not square": (
        SIZES, SQUARE.replace("Germany,-2,-3,9\n", ""), ['p.csv:2:1: the line of "Germany" is missing'],
    ),
    "no column": (
        SIZES, ",Britain,France\nBritain,0,1\nFrance,1,0\nGermany,-2,-3\n",
        ['p.csv:1:1: the column of "Germany" is missing'],
    ),
    "missing from the sizes": (
        SIZES.replace("France,5.32\n", ""), SQUARE,
        [
            f'p.csv:1:10: the column of "France": {UNKNOWN}',
            f'p.csv:3:1: the line of "France": {UNKNOWN}',
        ],
    ),
    "named twice": (
        SIZES + "France,2\n", SQUARE.replace("Germany\n", "Britain\n"),
        [
            'p.csv:1:1: the column of "Germany" is missing',
            'p.csv:1:17: "Britain" stands twice | the first is in line 1',
            's.csv:5:1: "France" stands twice | the first is in line 3',
        ],
    ),
    "cells": (
        SIZES.replace("7.45", "7,45"), SQUARE.replace("-2,-3,9", "-2,-3"),
        [
            f"p.csv:4:12: 3 cells stand here, and 4 in the first line | {CELLS}",
            f"s.csv:2:9: 3 cells stand here, and 2 in the first line | {CELLS}",
        ],
    ),
    "no name": (SIZES + ",3\n", SQUARE, ["s.csv:5:1: the name of a country is missing here"]),
    "one country": (
        "country,size\nBritain,1\n", ",Britain\nBritain,0\n",
        ['s.csv:2:1: "Britain" stands alone: blocs need two countries or more'],
    ),
    "no country": (
        "country,size\n", SQUARE, ["s.csv:1:1: no country stands here: blocs need two countries or more"],
    ),
    "empty": ("", "\ufeff\n", ["p.csv holds nothing", "s.csv holds nothing"]),
    "semicolons": (
        SIZES.replace(",", ";"), SQUARE.replace(",", ";"),
        [
            f"p.csv:1:1: the first line names no countries | {CELLS}",
            f"s.csv:1:1: s.csv begins with no line country,size | {CELLS}",
        ],
    ),
    "columns": (
        SIZES.replace("country,size", "county,size"), SQUARE,
        [
            's.csv:1:1: s.csv lacks the column "country"',
            's.csv:1:1: unknown column "county" | did you mean "country"?',
        ],
    ),
    "in each other's place": (
        SQUARE, SIZES,
        [
            f"p.csv:1:1: sizes stand here, and propensities are wanted | {PLACE}",
            "s.csv:1:1: s.csv begins with no line country,size",
        ],
    ),
    "remarks": (
        "# from a book\n" + SIZES, SQUARE, ["s.csv:1:1: a table holds no remarks | delete the line"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_faults_are_said_with_their_place(name: str, tmp_path: Path) -> None:
    sizes, propensities, faults = FAULTS[name]
    assert said(tmp_path, sizes, propensities) == faults


def test_a_file_that_is_not_there_has_a_near_name(tmp_path: Path) -> None:
    sizes, propensities = written(tmp_path, SIZES, SQUARE)
    sizes = sizes.rename(tmp_path / "sizes.csv")
    with pytest.raises(BadInput) as caught:
        read_tables(tmp_path / "sises.csv", propensities)
    assert [fault.hint for fault in caught.value.faults] == ['did you mean "sizes.csv"?']
