"""The command line in this process: what it prints, where, and how it ends."""

import json
from pathlib import Path

import pytest

from simulation import api
from simulation.engines.ensemble import run_ensemble
from simulation.library import scenarios_folder
from tests.cli.conftest import Entente

BAD = [
    (["runn"], 'there is no verb "runn"\n  did you mean "run"? entente --help says more'),
    (["run", "--rnus", "3", "baseline"], 'there is no option "--rnus"\n  did you mean "--runs"?'),
    (["run"], '"scenarios" is missing'),
    (["run", "baseline", "--out"], "the option --out wants a value after it"),
    (["run", "baseline", "--again=1"], "the option --again takes no value"),
    (["list", "events", "a", "b"], 'nothing takes the word "b"'),
    (["run", "baseline", "--out", "empty.yaml"], '--out "empty.yaml" is a file; a folder is wanted here'),
    (["check", ""], 'there is no scenario ""'),
    (["check", "nothing"], 'the folder "nothing" holds no scenarios\n  their names end in .yaml or .yml'),
    (["run", "nosuch"], 'there is no scenario "nosuch"\n  `entente list scenarios` names those'),
    (
        ["run", "baseline", "--set", "한국=1"],
        '--set 한국=1:1:1: unknown path "한국"\n    한국=1\n    ^\n  `entente list',
    ),
    (
        ["run", "baseline", "--set", "months=12", "--set", "threats.PRK = hig"],
        ':1:15: unknown level of PRK "hig"\n    threats.PRK = hig\n                  ^\n',
    ),
    (["run", "basline"], 'there is no scenario "basline"\n  did you mean "baseline"?'),
    (["run", "baseline", "--runs", "0"], "--runs 0:1:8: 0 is below the lowest value, 1 run\n"),
    (["run", "baseline", "--runs", "many"], '--runs many:1:8: "many" is not a whole number (runs)\n'),
    (["run", "baseline", "--threads", "0"], "--threads 0:1:11: 0 is below the lowest value, 1 thread\n"),
    (["run", "baseline", "--set", "months"], '--set "months" is not a path and a value'),
    (["run", "baseline", "--set", "choice.pac=0.2"], 'did you mean "choice.pace"?'),
    (["run", "baseline", "--set", "choice.pace=9"], "choice.pace"),
    (["run", "."], '"." is a folder, not a scenario'),
    (["run", "empty.yaml"], "empty.yaml:1:1: the file holds nothing"),
    (["run", "gone.yaml"], "there is no file gone.yaml"),
    (["check", "basline"], 'did you mean "baseline"?'),
    (["list", "parameterz"], 'there is nothing called "parameterz" to list\n  did you mean "parameters"?'),
    (["list", "parameters", "--world", "mars"], 'there is no world "mars"'),
]


@pytest.mark.parametrize(("words", "message"), BAD)
def test_bad_input_is_one_message_and_exit_2(
    entente: Entente, tmp_path: Path, words: list[str], message: str
) -> None:
    (tmp_path / "empty.yaml").write_text("")
    (tmp_path / "nothing").mkdir()
    ended = entente(*words)
    assert ended.code == 2
    assert ended.out == ""
    assert message in ended.err
    assert "Traceback" not in ended.err
    assert not (tmp_path / "results").exists()


@pytest.mark.parametrize("words", [[], ["--help"], ["run", "--help"]])
def test_help_goes_to_standard_output(entente: Entente, words: list[str]) -> None:
    ended = entente(*words)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("Usage: entente")


def test_every_scenario_is_named_with_all_its_faults_at_once(entente: Entente, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("format: 1\ntitle: Bad\nextends: baseline\nmonths: 0\nrnus: 3\n")
    ended = entente("check", scenarios_folder(), "bad.yaml")
    assert ended.code == 2
    assert ended.out.count(": good. ") == len(list(scenarios_folder().glob("*.yaml")))
    assert "bad.yaml:4:9" in ended.err
    assert 'bad.yaml:5:1: unknown key "rnus"' in ended.err
    ended = entente("check", "bad.yaml", "--json")
    assert ended.code == 2
    assert [fault["line"] for fault in json.loads(ended.out)["faults"]] == [4, 5]


@pytest.mark.parametrize(
    ("words", "row"),
    [
        (["run", "bad.yaml"], ["bad.yaml", 4, 9, "0 is below the lowest value, 1 month"]),
        (["check", "nosuch"], ["nosuch", None, None, 'there is no scenario "nosuch"']),
        (["run", "gone.yaml"], ["gone.yaml", None, None, "there is no file gone.yaml"]),
        (["run", "baseline", "--set", "x"],
         [None, None, None, '--set "x" is not a path and a value with = between']),
        (["run", "baseline", "--runs", "0"], [None, None, None, "0 is below the lowest value, 1 run"]),
        (["list", "event"], [None, None, None, 'there is nothing called "event" to list']),
        (["run", "baseline", "--rnus"], [None, None, None, 'there is no option "--rnus"']),
    ],
)  # fmt: skip
def test_faults_are_json_where_json_is_asked_for(
    entente: Entente, tmp_path: Path, words: list[str], row: list[object]
) -> None:
    (tmp_path / "bad.yaml").write_text("format: 1\ntitle: Bad\nextends: baseline\nmonths: 0\n")
    ended = entente(*words, "--json")
    (fault,) = json.loads(ended.out)["faults"]
    assert (ended.code, ended.err) == (2, "")
    assert [fault[key] for key in ("file", "line", "column", "message")] == row
    assert set(fault) == {"file", "line", "column", "option", "message", "hint"}
    given = " ".join(words[2:]) if words[2:] else None
    assert fault["option"] == (None if given == "--rnus" else given)


def test_one_run_says_that_it_has_no_interval(entente: Entente) -> None:
    ended = entente("run", "baseline", "--runs", 1, "--no-figures", "--again")
    assert "n = 1 run;" in ended.out
    assert "one run: none" in ended.out
    assert "Verdict: none. One run has no interval: more runs would tell it from the start." in ended.out
    assert "Saved (there was nothing earlier for --again to compare with): results/" in ended.out
    more = entente("run", "baseline", "--runs", 2, "--no-figures", "--again")
    assert "Saved: results/" in more.out
    fewer = entente("run", "baseline", "--runs", 1, "--no-figures", "--again")
    assert "Computed again, the same first 1 run: results/" in fewer.out
    found = entente("run", "baseline", "--runs", 1, "--no-figures")
    assert "Found with 2 runs, though 1 was asked for" in found.out


def test_a_scenario_named_twice_runs_once_and_says_so(entente: Entente) -> None:
    ended = entente("run", "baseline", scenarios_folder() / "baseline.yaml", "--runs", 2, "--no-figures")
    assert ended.err == "baseline is named twice, and runs once\n"
    assert ended.out.count("Verdict: ") == 1


def test_a_run_prints_table_verdict_and_folder(entente: Entente, tmp_path: Path) -> None:
    first = entente("run", "us_retrenchment", "--runs", 12, "--no-figures")
    assert first.code == 0
    folder = next((tmp_path / "results").iterdir())
    for words in ("Washington halves its commitment", "n = 12 runs", "Japan (JPN) and South Korea (KOR)",
                  "baseline (parent)", "difference, paired run by run", "Verdict: ", "North Korea (PRK)",
                  f"Saved: results/{folder.name}"):  # fmt: skip
        assert words in first.out
    places = [first.out.index(f"{track} track") for track in ("Diplomatic", "Security", "Economic")]
    assert places == sorted(places)
    assert max(map(len, first.out.splitlines())) <= 100
    found = entente("run", "us_retrenchment", "--runs", 5, "--no-figures")
    assert "Found with 12 runs, though 5 were asked for (--again computes it anew): results/" in found.out
    same = entente("run", "us_retrenchment", "--runs", 12, "--again", "--no-figures")
    assert "Computed again, the same bytes" in same.out
    (folder / "runs.parquet").write_bytes(b"PAR1")
    again = entente("run", "us_retrenchment", "--runs", 12, "--again", "--no-figures")
    assert (again.code, again.out) == (1, "")
    assert again.err.strip().endswith("these files differ: runs.parquet")


def test_json_is_valid_and_says_everything(entente: Entente) -> None:
    ended = entente("run", "baseline", "--runs", 1, "--json", "--no-figures")

    def refuse(word: str) -> None:
        raise AssertionError(word)

    summary = json.loads(ended.out, parse_constant=refuse)
    assert summary["cooperation"]["mean95"] == [None, None]
    assert summary["difference"]["against"] == "the start"
    assert (summary["computed"], summary["asked"], summary["figures"]) == (True, 1, [])
    assert set(summary["dyads"]["JPN.KOR"]) == {"start", "final", "moved_by"}
    assert summary["countries"]["PRK"] == "North Korea"


def test_json_of_several_scenarios_is_one_list(entente: Entente) -> None:
    ended = entente("run", "baseline", "no_russia", "--runs", 2, "--json", "--no-figures")
    assert [one["scenario"] for one in json.loads(ended.out)] == ["baseline", "no_russia"]


def test_figures_are_drawn_where_they_are_missing(entente: Entente, tmp_path: Path) -> None:
    drawn = entente("run", "baseline", "--runs", 4)
    folder = next((tmp_path / "results").iterdir()) / "figures"
    pictures = sorted(folder.glob("*.png"))
    assert pictures
    assert all(
        f"figure results/{picture.relative_to(tmp_path / 'results')}" in drawn.out for picture in pictures
    )
    times = [picture.stat().st_mtime_ns for picture in pictures]
    entente("run", "baseline", "--runs", 4)
    assert [picture.stat().st_mtime_ns for picture in pictures] == times
    pictures[0].unlink()
    entente("run", "baseline", "--runs", 4)
    assert pictures[0].exists()
    assert not list(folder.parent.glob(".figures*"))


def test_figures_that_cannot_be_written_lose_nothing(
    entente: Entente, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("simulation.plots.files.draw_all", full)
    ended = entente("run", "baseline", "--runs", 3)
    assert ended.code == 4
    assert "Verdict: " in ended.out
    assert "the figures cannot be written: No space left on device; the result is saved" in ended.err
    assert len(list((tmp_path / "results").iterdir())) == 1


def test_a_place_that_cannot_hold_results_is_said_before_running(
    entente: Entente, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(api, "run_ensemble", None)
    (tmp_path / "file").write_text("")
    ended = entente("run", "baseline", "--out", "file/results")
    assert (ended.code, ended.out) == (4, "")
    assert ended.err.splitlines()[-1].startswith("cannot write under file/results: ")


def test_an_interrupted_run_leaves_nothing(
    entente: Entente, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(api, "run_ensemble", interrupted)
    ended = entente("run", "baseline")
    assert ended.code == 130
    assert "interrupted" in ended.err
    assert not list((tmp_path / "results").iterdir())


def test_runs_that_are_not_ok_end_with_3(entente: Entente, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*words: object, **named: object) -> object:
        block = run_ensemble(*words, **named)  # type: ignore[arg-type]
        block.finite[:] = 0
        return block

    monkeypatch.setattr(api, "run_ensemble", broken)
    ended = entente("run", "baseline", "--runs", 3)
    assert ended.code == 3
    assert "No run ended well" in ended.out
    assert "3 runs are not ok" in ended.err


@pytest.mark.parametrize(
    ("kind", "word"),
    [("parameters", "PRK"), ("parameters", "north korea"), ("events", "summit"), ("theories", "liberal"),
     ("scenarios", "baseline"), ("measures", "cooperation.final"), ("series", "threat.PRK"),
     ("worlds", "northeast")],
)  # fmt: skip
def test_lists_are_tables_of_a_line_a_row_and_json(entente: Entente, kind: str, word: str) -> None:
    ended = entente("list", kind, word)
    assert ended.code == 0
    rows = json.loads(entente("list", kind, word, "--json").out)
    assert rows
    assert len(ended.out.splitlines()) == 1 + len(rows)


def test_a_folder_stands_for_its_scenarios_and_none_hides_a_scenario(
    entente: Entente, tmp_path: Path
) -> None:
    text = "format: 1\ntitle: X\nextends: baseline\n"
    for name in ("some/one.yaml", "some/two.yml", "some/three.txt", "deep/inner/x.yaml", "baseline/note.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    said = entente("check", "some").out.splitlines()
    assert [line.partition(":")[0] for line in said] == ["some/one.yaml", "some/two.yml"]
    below = 'the folder "deep" holds no scenarios\n  there are some in inner\n'
    assert entente("check", "deep") == (2, "", below)
    assert entente("check", "baseline").out.startswith("baseline: good. ")  # the folder has none of its own


def test_a_word_that_nothing_holds(entente: Entente) -> None:
    said = 'no events with "zzz"\n  entente list events shows all\n'
    assert entente("list", "events", "zzz") == entente("events", "zzz") == (2, "", said)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("set: {dilemma: 1/3}", 'x.yaml:4:16: "1/3" is not a number (per rung share)'),
        ("threats: {", "x.yaml:4:10: the text ends here, inside brackets"),
        (
            "set: {commitment.USA.KOR: {value: 0.5, since: 2025-01}}",
            'x.yaml:4:40: unknown field of a setting "since"',
        ),
        ("variants: 3", "x.yaml:4:11: names of variants with what they change are wanted here"),
    ],
)
def test_what_newcomers_write_is_told_in_one_fault(entente: Entente, line: str, said: str) -> None:
    Path("x.yaml").write_text(f"format: 1\ntitle: X\nextends: baseline\n{line}\n", encoding="utf-8")
    ended = entente("check", "x.yaml")
    assert ended.code == 2
    assert ended.err.startswith(said)
    assert ended.err.count("x.yaml:") == 1


def test_a_file_that_is_no_scenario_is_told_apart_from_one_that_is_not_there(entente: Entente) -> None:
    Path("notes.md").write_text("# Notes", encoding="utf-8")
    ended = entente("check", "notes.md")
    assert ended.err.startswith('"notes.md" is no scenario file\n  the name of a scenario file ends in')


def test_explain_lists_events_without_a_word_on_another_scenario_s_end(entente: Entente) -> None:
    said = entente("explain", "korea_japan_1969").out
    assert "1979-12 war_begins, country SUN\n" in said
