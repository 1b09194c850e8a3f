"""Cases: the scenario at each point, by the short way and by the long one."""

from pathlib import Path

import pytest

from simulation.document import month_text
from simulation.engines.plan import build_plan
from simulation.errors import BadInput
from simulation.sweep.cases import Cases, at_point
from simulation.sweep.design import load_sweep

HEAD = "format: 1\ntitle: X\n"


def cases_of(folder: Path, text: str, *overrides: str) -> Cases:
    (folder / "x.yaml").write_text(HEAD + text)
    return load_sweep(folder / "x.yaml", overrides)[1]


def test_numbers_of_parameters_make_the_case_that_its_file_would(tmp_path: Path) -> None:
    cases = cases_of(
        tmp_path,
        "scenario: us_retrenchment\ndesign: lhs\ncases: 5\nvary:\n  choice.pace: seeds\n"
        "  intent.half_life: {loguniform: [4, 20]}\n",
    )
    assert cases.numbers_alone
    for case in range(1, len(cases)):
        values = list(zip(cases.axes, cases.points.values(case - 1), strict=True))
        slow, quick = at_point(cases.base, values, []), cases.scenario(case, [])
        assert slow is not None
        assert quick == slow
        mine, theirs = cases.plan(case).vectors, build_plan(slow).vectors
        assert all((a == b).all() for a, b in zip(mine[:1], theirs[:1], strict=True))
        assert (mine.fixed_values == theirs.fixed_values).all()


def test_every_uncertain_parameter_that_is_read_varies(tmp_path: Path) -> None:
    cases = cases_of(tmp_path, "scenario: no_russia\ndesign: sobol\ncases: 4\nvary: uncertain\n")
    paths = {axis.path for axis in cases.axes}
    world = cases.base.world.values
    assert paths >= {"choice.pace", "commitment.USA.KOR", "weights.article.trust"}
    assert not [path for path in paths if "RUS" in path.split(".") or path.startswith("weights.liberal")]
    assert all(world[path].low < world[path].high for path in paths & set(world))


def test_draws_of_a_posterior_stay_together(tmp_path: Path) -> None:
    rows = [(0.1, 0.5), (0.2, 0.6), (0.3, 0.7)]
    text = "".join(f"{a},{b}\n" for a, b in rows)
    (tmp_path / "draws.csv").write_text("choice.pace,commitment.USA.KOR\n" + text)
    cases = cases_of(
        tmp_path,
        "scenario: baseline\ndesign: lhs\ncases: 9\nvary:\n  posterior: draws.csv\n"
        "  theory: [article, liberal, two_level]\n",
    )
    columns = {column.axis.path: column for column in cases.points.columns}
    pairs = [
        (columns["choice.pace"].number(k), columns["commitment.USA.KOR"].number(k))
        for k in range(cases.points.cases)
    ]
    assert set(pairs) == set(rows)
    assert {columns["theory"].text(k) for k in range(cases.points.cases)} == {
        "article",
        "liberal",
        "two_level",
    }
    assert len({(pair, columns["theory"].text(k)) for k, pair in enumerate(pairs)}) == cases.points.cases
    assert cases.points.case.size == 9  # equal points are one case


@pytest.mark.parametrize("name", ["cases.csv", "cases.parquet"])
def test_a_table_is_a_case_a_row(tmp_path: Path, name: str) -> None:
    import pyarrow as pa
    import pyarrow.csv as pc
    import pyarrow.parquet as pq

    table = pa.table({"threats.PRK": ["calm", "peak", "calm"], "choice.pace": [0.1, 0.25, 0.1]})
    if name.endswith("csv"):
        pc.write_csv(table, tmp_path / name)
    else:
        pq.write_table(table, tmp_path / name)
    cases = cases_of(tmp_path, f"scenario: baseline\ndesign: table\ntable: {name}\n")
    assert [[column.text(k) for column in cases.points.columns] for k in range(cases.points.cases)] == [
        ["calm", "0.1"], ["peak", "0.25"],
    ]  # fmt: skip
    assert cases.points.case.tolist() == [0, 1, 0]


def test_dates_and_fields_of_events_and_profiles_vary(tmp_path: Path) -> None:
    cases = cases_of(
        tmp_path,
        "scenario: both_reversal\n"
        "changes:\n  threats.PRK: {profile: pulse, base: 20, peak: 90, at: 2024-01, width: 6}\n"
        "design: list\nvary:\n"
        "  events.change_of_government.KOR.at: [2024-02, 2026-03]\n"
        "  events.change_of_government.2.camp: [conciliatory, revisionist]\n"
        "  threats.PRK.width: [3, 9]\n",
    )
    one, other = (cases.scenario(case, []) for case in (1, 2))
    assert one is not None
    assert other is not None
    events = [(month_text(e.month), e.fields["country"], e.fields["camp"]) for e in one.events]
    assert events == [("2024-02", "KOR", "progressive"), ("2025-12", "JPN", "conciliatory")]
    assert [month_text(e.month) for e in other.events] == ["2026-03", "2025-12"]
    assert [getattr(s.threats["PRK"], "width") for s in (one, other)] == [3, 9]  # noqa: B009


def test_the_same_number_is_one_case_however_it_is_written(tmp_path: Path) -> None:
    text = "scenario: baseline\ndesign: list\nvary:\n  commitment.USA.KOR: [0.5, 0.50, 5e-1, 0.7]\n"
    cases = cases_of(tmp_path, text)
    assert cases.points.case.tolist() == [0, 0, 0, 1]


def test_a_file_that_a_value_names_lies_beside_the_sweep(tmp_path: Path, monkeypatch) -> None:
    for folder, tempo in (("here", 11), ("elsewhere", 99)):
        (tmp_path / folder).mkdir()
        rows = "".join(f"{2023 + (5 + k) // 12}-{(5 + k) % 12 + 1:02d},{tempo}\n" for k in range(12))
        (tmp_path / folder / "s.csv").write_text("date,prk\n" + rows)
    monkeypatch.chdir(tmp_path / "elsewhere")
    series = "{profile: series, file: s.csv, column: prk}"
    head = "scenario: baseline\ndesign: list\n"
    changed = f"{head}changes: {{months: 12, threats.PRK: {series}}}\nvary: {{choice.pace: [0.1, 0.2]}}\n"
    cases = cases_of(tmp_path / "here", changed)
    assert set(cases.plan(1).drivers.tempo[3]) == {11.0}
    varied = f"{head}changes: {{months: 12}}\nvary: {{threats.PRK: [{series}, medium]}}\n"
    cases = cases_of(tmp_path / "here", varied)
    assert set(cases.plan(1).drivers.tempo[3]) == {11.0}
    (tmp_path / "here" / "x.yaml").unlink()
    alone = f"{head}vary: {{threats.PRK: [{{profile: series, file: s.csv, column: prk}}, medium]}}\n"
    with pytest.raises(BadInput, match=r"x\.yaml"):  # twelve months of a series are too few for sixty
        cases_of(tmp_path / "here", alone)


def test_large_grids_are_checked_at_once_and_too_large_ones_refused(tmp_path: Path) -> None:
    text = "scenario: baseline\ndesign: grid\nvary:\n"
    axes = "  threats.{}: {{from: 0, to: 100, steps: {}}}\n"
    cases = cases_of(tmp_path, text + axes.format("PRK", 300) + axes.format("CHN", 300))
    assert cases.right_together
    assert len(cases) == 90_001
    with pytest.raises(BadInput, match=r"this grid has 9,000,000 cases, and a sweep 1,000,000 at most"):
        cases_of(tmp_path, text + axes.format("PRK", 3000) + axes.format("CHN", 3000))


def test_files_that_could_not_lie_beside_the_results_are_refused(tmp_path: Path) -> None:
    text = (
        "scenario: baseline\ndesign: list\nvary:\n  threats.PRK.column: [a, b]\n"
        "  threats.CHN: [{profile: series, file: ../s.csv, column: a}, calm]\n"
    )
    with pytest.raises(BadInput) as error:
        cases_of(tmp_path, text)
    assert [(fault.message, fault.hint) for fault in error.value.faults] == [
        (
            "the column of a series cannot vary by itself",
            "vary the whole of it: threats.PRK: [{profile: series, file: ..., column: ...}, ...]",
        ),
        (
            '"../s.csv" lies neither beside this sweep nor below',
            "a file that a value names is kept with the results: copy it here",
        ),
    ]
