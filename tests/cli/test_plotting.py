"""`entente plot`: figures of what a scenario prescribes, before anything runs."""

import sys
from pathlib import Path

import pytest

from simulation.cli import main


def run(monkeypatch: pytest.MonkeyPatch, folder: Path, *words: str) -> int:
    """Run the command in a folder; its exit code."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "argv", ["entente", *words])
    try:
        main()
    except SystemExit as leaving:
        return int(leaving.code or 0)
    return 0


def test_it_says_where_the_figures_are_and_runs_nothing(monkeypatch, capsys, tmp_path: Path):
    assert run(monkeypatch, tmp_path, "plot", "baseline", "all_peak", "--set", "months=12") == 0
    said = capsys.readouterr().out.splitlines()
    files = [Path(line.removeprefix("figure ")) for line in said]
    assert {file.parent.as_posix() for file in files} == {"results/figures"}
    assert [(file.name.split("-")[0], file.suffix) for file in files] == [
        (name, ending) for name in ("baseline", "all_peak") for ending in (".svg", ".png")
    ]
    assert all((tmp_path / file).stat().st_size > 1000 for file in files)
    assert [each.name for each in (tmp_path / "results").iterdir()] == ["figures"]


def test_scenarios_of_one_name_do_not_overwrite_each_other(monkeypatch, capsys, tmp_path: Path):
    for tempo in ("10", "20", "10"):
        words = ["plot", "baseline", "--set", f"threats.PRK={tempo}", "--out", "f"]
        assert run(monkeypatch, tmp_path, *words) == 0
    capsys.readouterr()
    assert len(list((tmp_path / "f").iterdir())) == 4


def test_a_scenario_with_nothing_to_draw_says_so(monkeypatch, capsys, tmp_path: Path):
    words = ["plot", "baseline", "--set", "without=[PRK, CHN, RUS]", "--set", "months=1"]
    assert run(monkeypatch, tmp_path, *words) == 0
    said = "baseline: nothing to draw: the scenario has no challenger, no event and no term of office\n"
    assert capsys.readouterr().out == said
    assert not (tmp_path / "results").exists()


def test_every_fault_is_said_before_anything_is_drawn(monkeypatch, capsys, tmp_path: Path):
    assert run(monkeypatch, tmp_path, "plot", "baseline", "basline", "--set", "threats.PRK.to=3") == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert 'there is no scenario "basline"' in err
    assert 'the threat of PRK is medium, no profile with a field "to"' in err
    assert not (tmp_path / "results").exists()
