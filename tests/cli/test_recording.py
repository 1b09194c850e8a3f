"""`entente record`: runs of months with what began them, JSON, CSV, a figure, and what is refused."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Entente
from tests.record import tiny


def test_runs_of_months_with_the_rows_that_began_them(entente: Entente) -> None:
    ended = entente("record")
    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert lines[:2] == [
        "The record of Japan (JPN) and South Korea (KOR), 2012-01 to 2024-12",
        "193 events and 37 agreements, read by the standard coding",
    ]
    assert "2019-08  2023-02  43      2 restricted sharing      A14 suspended (GSOMIA)" in lines
    (recall,) = (line for line in lines if line.startswith("2017-01"))
    assert "1 officials" in recall
    assert "V059 (2017-01-06: Over the statue" in recall
    assert "The rungs of relations.yaml, set by hand, differ in 39 months of track" in lines


def test_a_folder_and_a_coding(entente: Entente, tmp_path: Path) -> None:
    folder = tiny.written(tmp_path / "mine")
    rows = list(csv.DictReader(io.StringIO(entente("record", folder, "--coding", "looser", "--csv").out)))
    assert len(rows) == 3 * tiny.MONTHS
    assert rows[0] == {
        "month": "2020-01", "track": "diplomatic", "rung": "1", "name": "officials", "rule": "relations",
        "rows": "A1",
    }  # fmt: skip
    security = [int(row["rung"]) for row in rows if row["track"] == "security"]
    assert security == [0] * 2 + [3] * 22


def test_json_says_the_same(entente: Entente, tmp_path: Path) -> None:
    said = json.loads(entente("record", tiny.written(tmp_path / "mine"), "--json").out)
    assert said["focus"] == ["JPN", "KOR"]
    assert [run["rung"] for run in said["runs"] if run["track"] == "economic"] == [3, 0, 3]
    assert [run["after"] for run in said["runs"] if run["track"] == "economic"] == [[], ["A4"], ["A4 ended"]]
    assert len(said["index"]) == tiny.MONTHS
    assert said["differs_from_world"][0] == {
        "track": "diplomatic", "from": "2020-01", "to": "2020-01", "world": 3, "record": 1,
    }  # fmt: skip


def test_the_figure_is_drawn_where_it_is_asked_for(entente: Entente, tmp_path: Path) -> None:
    ended = entente("record", tiny.written(tmp_path / "mine"), "--out", "figures")
    assert ended.out.splitlines()[-2:] == [
        "figure figures/northeast_asia-record.svg",
        "figure figures/northeast_asia-record.png",
    ]
    assert (
        "South Korea on record, 2020-01 to 2021-12" in Path("figures/northeast_asia-record.svg").read_text()
    )


FOLDER = "  a record is a folder with coding.yaml and its tables\n"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["--world", "template"], f'the world "template" has no record\n{FOLDER}'),
        (["nowhere"], f'there is no folder "nowhere"\n{FOLDER}'),
        (["--coding", "strict"], 'unknown coding "strict"\n  did you mean "stricter"?\n'),
    ],
)
def test_what_is_refused(entente: Entente, words: list[str], text: str) -> None:
    assert entente("record", *words) == (2, "", text)


def test_json_and_csv_are_refused_together(entente: Entente) -> None:
    ended = entente("record", "--json", "--csv")
    assert ended.code == 2
    (fault,) = json.loads(ended.out)["faults"]
    assert (fault["option"], fault["message"]) == ("--csv", "--json and --csv cannot stand together")
