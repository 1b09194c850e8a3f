"""`entente blocs`, as a user sees it."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Entente
from tests.landscape.test_tables import SIZES, SQUARE


@pytest.fixture
def tables(tmp_path: Path) -> tuple[str, ...]:
    (tmp_path / "sizes.csv").write_text(SIZES)
    (tmp_path / "square.csv").write_text(SQUARE)
    return "--sizes", "sizes.csv", "--propensities", "square.csv"


def test_tables_in_words_and_a_figure(entente: Entente, tables: tuple[str, ...], tmp_path: Path) -> None:
    """By hand: Germany against the two others costs 2 (7.45 x 11.49 x -2 + 5.32 x 11.49 x -3) = -709.16."""
    ended = entente("blocs", *tables, "--out", "figures")
    assert ended.code == 0
    assert ended.err in ("", "compiling the landscape, once\n")  # where no cache holds it
    assert ended.out == (
        "Blocs: square\n"
        "all 4 configurations of 3 countries\n"
        "1 minimum (1 strict)\n"
        "\n"
        "1  energy −709.16, strict; 4 configurations end here (100.0%)\n"
        "   Britain, France\n"
        "   against Germany\n"
        "   loosest: Britain, whose change of sides would cost 421.67\n"
        "figure figures/square-blocs.svg\n"
        "figure figures/square-blocs.png\n"
    )
    assert (tmp_path / "figures" / "square-blocs.png").read_bytes().startswith(b"\x89PNG")


def test_tables_as_json_list_every_configuration(entente: Entente, tables: tuple[str, ...]) -> None:
    said = json.loads(entente("blocs", *tables, "--no-figures", "--json").out)
    assert said["scenario"] is None
    assert (said["configurations"], said["strict"], said["weak"], said["ties"]) == (4, 1, 0, 0)
    assert said["minima"][0]["sides"] == [["Britain", "France"], ["Germany"]]
    assert [one["energy"] for one in said["all"]] == pytest.approx(
        [-709.1628, -287.4894, -263.1208, 0.0], abs=150
    )
    assert {one["ends_in"] for one in said["all"]} == {1}
    assert said["figures"] == []


def test_a_scenario_after_a_month(entente: Entente) -> None:
    words = ("blocs", "baseline", "--at", "2024-06", "--runs", "60", "--no-figures")
    text = entente(*words)
    assert text.code == 0
    assert "June 2023, as the article leaves it, 2024-06" in text.out
    assert "mean of n = 60 runs; uncertainty: chance, parameters; theory: article" in text.out
    assert "Japan (JPN), South Korea (KOR), United States (USA)\n   against North Korea" in text.out
    said = json.loads(entente(*words, "--json").out)
    assert (said["scenario"], said["at"], said["runs"]) == ("baseline", "2024-06", 60)
    assert len(said["all"]) == 32
    assert said["minima"][0]["minimum_in_runs"] >= said["minima"][0]["lowest_in_runs"] >= 50
    assert said["propensities"]["JPN"]["USA"] > 0 > said["propensities"]["JPN"]["PRK"]


def test_variants_are_told_one_after_another(entente: Entente) -> None:
    words = (
        "blocs",
        "threat_levels",
        "--variant",
        "all_high",
        "--variant",
        "all_low",
        "--runs",
        "5",
        "--no-figures",
        "--json",
    )
    said = json.loads(entente(*words).out)
    assert [one["scenario"] for one in said] == ["threat_levels+all_high", "threat_levels+all_low"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "there is nothing to find blocs in\n  name a scenario, or two tables"),
        (("--sizes", "s.csv"), "--propensities is missing: blocs follow from sizes and propensities"),
        (("baseline", "--sizes", "s.csv"), "--sizes cannot stand beside a scenario"),
        (
            ("baseline", "--at", "2035-01"),
            '--at 2035-01 is no month of "baseline"\n  from 2023-06 to 2028-05',
        ),
        (("baslin", "--at", "june"), '"june" is not a month'),
        (("baslin", "--at", "june"), 'there is no scenario "baslin"\n  did you mean "baseline"?'),
        (
            ("baseline", "--runs", "5000000"),
            "5,000,000 runs are more than blocs hold in memory\n  at most 932,067 of 6 countries",
        ),
        (("baseline", "--runs", "0"), "--runs 0:1:8: 0 is below the lowest value, 1 run"),
        (
            ("--sizes", "a", "--propensities", "b", "--at", "2024-01"),
            "--at says something of a scenario, and tables have none",
        ),
        (("baseline", "--size", "x"), 'there is no option "--size"\n  did you mean "--sizes"?'),
    ],
)
def test_wrong_words_end_with_2(entente: Entente, words: tuple[str, ...], message: str) -> None:
    ended = entente("blocs", *words)
    assert ended.code == 2
    assert message in ended.err
    assert "Traceback" not in ended.err


def test_faults_of_tables_as_json(entente: Entente, tables: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "square.csv").write_text(SQUARE.replace("-3", "x"))
    ended = entente("blocs", *tables, "--json")
    assert ended.code == 2
    rows = json.loads(ended.out)["faults"]
    assert [(row["file"], row["line"], row["column"]) for row in rows] == [
        ("square.csv", 3, 12),
        ("square.csv", 4, 12),
    ]


def test_the_example_of_the_page(entente: Entente, tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "blocs.md").read_text(encoding="utf-8")
    sizes, rivals = re.findall(r"```csv\n(.*?)```", page, re.DOTALL)
    (printed,) = re.findall(r"```\n(Blocs: .*?)```", page, re.DOTALL)
    (tmp_path / "sizes.csv").write_text(sizes)
    (tmp_path / "rivals.csv").write_text(rivals)
    assert "`entente blocs --sizes sizes.csv --propensities rivals.csv --no-figures`" in page
    said = entente("blocs", "--sizes", "sizes.csv", "--propensities", "rivals.csv", "--no-figures")
    assert said.out == printed
