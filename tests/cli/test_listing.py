"""`entente list` and `entente events`: what they print and find, and what they say where nothing is found."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simulation.cli import main
from simulation.cli.happenings import in_full
from simulation.scenario.resolve import load_scenario
from simulation.world import load_world
from simulation.world.example import example_line
from tests.worlds import write_world

WORLDS = "one of: korea_japan_1969, northeast_asia, template"

Said = Callable[..., str]


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Said:
    """What the command prints in an empty folder, where it ends well."""
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> str:
        monkeypatch.setattr(sys, "argv", ["entente", *words])
        main()
        out, err = capsys.readouterr()
        assert err == ""
        return out

    return run


def names(said: Said, kind: str, word: str) -> list[str]:
    rows: list[dict[str, Any]] = json.loads(said("list", kind, word, "--json"))
    return [str(next(iter(row.values()))) for row in rows]


def test_without_a_kind_the_kinds_are_counted(said: Said):
    rows = json.loads(said("list", "--json"))
    counts = {row["kind"]: row["count"] for row in rows}
    world = load_world("northeast_asia")
    assert list(counts) == [
        "parameters", "levels", "events", "measures", "series", "theories", "scenarios", "sweeps", "worlds",
    ]  # fmt: skip
    assert (counts["parameters"], counts["events"]) == (len(world.paths()), len(world.events))
    assert (counts["theories"], counts["worlds"]) == (6, 3)
    lines = said("list").splitlines()
    assert lines[0].split() == ["list", "holds", "of"]
    assert lines[3].split(maxsplit=2)[:2] == ["events", str(len(world.events))]


def test_a_level_of_threat_is_looked_up_by_the_path_under_which_it_is_cited(said: Said):
    head, row = said("list", "levels", "threats.PRK.medium").splitlines()
    assert head.split() == ["level", "value", "low", "high", "unit", "written", "evidence"]
    cells = ["threats.PRK.medium", "33", "24", "41", "acts/year", "threats: {PRK: medium}", "R02 R04"]
    assert re.split(" {2,}", row) == cells


def test_a_parameter_has_value_range_unit_bounds_meaning_and_evidence(said: Said):
    head, row = said("list", "parameters", "memory of the event court_ruling").splitlines()
    assert head.split() == ["path", "value", "low", "high", "unit", "bounds", "meaning", "evidence"]
    meaning = (
        "memory of the event court_ruling, where it is left out: "
        "the country's grievance against the partner rises by `memory`, less what is absorbed"
    )
    cells = ["events.court_ruling.memory", "0.06", "0", "0.15", "share", "0 to 1", meaning, "R97"]
    assert re.split(" {2,}", row) == cells


def test_an_assumption_is_told_in_full(said: Said):
    (row,) = json.loads(said("list", "parameters", "events.scandal", "--json"))
    assert (row["evidence"], row["assumption"]) == (["R67"], None)
    (row,) = json.loads(said("list", "parameters", "nuclear.severity", "--json"))[:1]
    assert row["evidence"] == []
    assert f"assumption: {row['assumption']}" in said("list", "parameters", "nuclear.severity")


def test_what_only_a_world_can_set_says_so(said: Said):
    assert "(for a world to say: no scenario can set it)" in said("list", "parameters", "anchor.rest")


def test_evidence_is_found_by_its_whole_name(said: Said):
    assert names(said, "events", "r103") == ["asset_seizure"]
    assert "intent.floor.CHN.KOR" in names(said, "parameters", "R17")


@pytest.mark.parametrize("word", ["North Korea", "north k", "PRK"])
def test_a_country_is_found_by_name_and_code(said: Said, word: str):
    assert "tempo.reference.PRK" in names(said, "parameters", word)
    assert "acts.PRK" in names(said, "series", word)
    assert "acts.PRK" in names(said, "measures", word)
    assert "missile_test" in names(said, "events", word)


def test_a_theory_shows_its_weights_as_they_can_be_set(said: Said):
    (row,) = [one for one in json.loads(said("list", "theories", "--json")) if one["theory"] == "liberal"]
    weight = row["weights"]["weights.liberal.gain"]
    world = load_world("northeast_asia")
    assert set(row["weights"]) == {path for path in world.paths() if path.startswith("weights.liberal.")}
    assert weight["value"] == world.value("weights.liberal.gain").value
    assert f"weights.liberal.gain {weight['value']:g} (" in said("list", "theories")


def test_outputs_have_a_range(said: Said):
    rows = {row["measure"]: row for row in json.loads(said("list", "measures", "--json"))}
    spans = {name: (row["low"], row["high"]) for name, row in rows.items()}
    assert spans["cooperation.final"] == (0, 100)
    assert spans["cooperation.change"] == (-100, 100)
    assert spans["final.economic"] == (0, 5)
    assert spans["highest.security"] == (0, 6)
    assert spans["regime.thaw"] == (0, 1)
    assert spans["acts.PRK"] == (0, None)
    assert "0 and up" in said("list", "measures", "acts.PRK")


def test_sweeps_of_the_library_are_listed(said: Said) -> None:
    rows = {row["sweep"]: row for row in json.loads(said("list", "sweeps", "--json"))}
    assert rows["threat_matrix"]["axes"] == ["threats.PRK", "threats.CHN"]
    assert rows["sensitivity_all"]["axes"] == ["uncertain"]
    assert "Pyongyang's tempo by Beijing's pressure" in said("list", "sweeps", "Beijing")


def test_scenarios_and_worlds_of_the_folder_are_listed_and_faulty_ones_say_so(said: Said, tmp_path: Path):
    write_world(tmp_path / "worlds" / "small", countries=2, seed=1)
    write_world(tmp_path / "seeds" / "other", countries=2, seed=2)
    (write_world(tmp_path / "worlds" / "torn", countries=2, seed=1) / "events.yaml").write_text("events: 3\n")
    (tmp_path / "mine.yaml").write_text("format: 1\ntitle: Mine\nworld: other\nmonths: 7\n")
    (tmp_path / "bad.yaml").write_text("format: 1\ntitle: Bad\nextends: baseline\nmonths: 0\nrnus: 1\n")
    worlds = {row["world"]: row for row in json.loads(said("list", "worlds", "--json"))}
    assert set(worlds) == {"korea_japan_1969", "northeast_asia", "template", "other", "small", "torn"}
    assert worlds["small"]["countries"] == ["AAA", "BBB"]
    assert (worlds["other"]["faults"], worlds["torn"]["faults"]) == (0, 1)
    assert "at fault: worlds/torn/events.yaml:1:9" in said("list", "worlds").replace(f"{tmp_path}/", "")
    rows = {row["scenario"]: row for row in json.loads(said("list", "scenarios", "--json"))}
    assert (rows["mine"]["title"], rows["mine"]["months"], rows["mine"]["world"]) == ("Mine", 7, "other")
    assert rows["bad"]["faults"] == 2
    assert "at fault: `entente check bad` says all 2 faults" in said("list", "scenarios", "bad")
    assert said("list", "events", "--world", "small").splitlines()[1].startswith("quarrel ")


def test_an_event_in_short(said: Said):
    assert (
        said("events", "calls its ambassador")
        == """\
ambassador_recalled: The country calls its ambassador home in protest, and talks stop
    fields    country (a country), partner (a country), steps 1 rungs (1 to 2), size 0.1 share (0.03 to 0.2)
    effects   the country and the partner go down `steps` on the diplomatic track
              the partner's grievance against the country rises by `size`, less what is absorbed
    evidence  R43 R38
"""
    )


def test_an_event_in_full(said: Said):
    assert (
        said("events", "aid")
        == """\
aid: The country helps the partner in need, by relief, supplies or rescue

Fields
  country: a country, which a scenario must say
  partner: a country, which a scenario must say
  warmth: 0.02 share where it is left out, uncertain from 0 to 0.06; 0 to 1 can be said; assumption: A point
    or two at most: the help of 2013 was soon forgotten in both countries
  faith: 0.03 share where it is left out, uncertain from 0.01 to 0.08; 0 to 1 can be said; R87 R109

Effects
  the partner's favourability toward the country rises by `warmth`
  the partner's trust in the country rises by `faith`

Evidence
  R109  Japanese soldiers in South Sudan lent Korean ones 10,000 rounds in December 2013. (Pacific Forum,
        Comparative Connections: Japan-Korea relations, 2024; verified)
  R87  Trust grows by gestures that cost something and is lost faster than it is won. (Andrew H. Kydd, Trust
       and Mistrust in International Relations, 2005; recalled)

To paste into a scenario; a number that is left out keeps its range
events:
  - {at: 2023-06, event: aid, country: JPN, partner: KOR}
  # or, with every number fixed:
  # - {at: 2023-06, event: aid, country: JPN, partner: KOR, warmth: 0.02, faith: 0.03}
set:  # another number, or range, wherever a scenario leaves it out
  events.aid.warmth: {value: 0.02, low: 0, high: 0.06}
  events.aid.faith: {value: 0.03, low: 0.01, high: 0.08}
"""
    )


def test_events_as_json(said: Said):
    (row,) = json.loads(said("events", "scandal", "--json"))
    assert row["fields"]["country"] == {"kind": "country"}
    assert row["fields"]["size"] == {
        "kind": "number", "value": 0.1, "low": 0.03, "high": 0.25, "unit": "share", "bounds": [0, 1],
        "evidence": ["R67"], "assumption": None,
    }  # fmt: skip
    assert row["line_with_numbers"] == "- {at: 2023-06, event: scandal, country: KOR, size: 0.1}"
    assert len(json.loads(said("events", "--json"))) == len(load_world("northeast_asia").events)


def test_what_every_event_offers_to_paste_is_right(tmp_path: Path):
    world = load_world("northeast_asia")
    shown = ["\n".join(in_full(world, event, 110)) for event in world.events.values()]
    pasted = [text.partition("To paste into a scenario")[2].splitlines()[1:] for text in shown]
    lines = [line for text in pasted for line in text]
    head = "format: 1\ntitle: Pasted\nworld: northeast_asia\nevents:\n"
    usual = [line for line in lines if line.startswith("  - {")]
    fixed = [line.replace("# ", "") for line in lines if line.startswith("  # - {")]
    settings = [line for line in lines if line.startswith("  events.")]
    path = tmp_path / "pasted.yaml"
    path.write_text(head + "\n".join([*usual, "set:", *settings, ""]), encoding="utf-8")
    scenario = load_scenario(path)
    assert [one.event for one in scenario.events] == list(world.events)
    assert [(one.path, one.value, one.low, one.high) for one in scenario.settings] == [
        (path, value.value, value.low, value.high) for path, value in sorted(world.amounts.items())
    ]
    path.write_text(head + "\n".join([*fixed, ""]), encoding="utf-8")
    said = {
        (one.event, name): number for one in load_scenario(path).events for name, number in one.fields.items()
    }
    numbers = {tuple(path.split(".")[1:]): value.value for path, value in world.amounts.items()}
    assert {key: number for key, number in said.items() if isinstance(number, float)} == numbers


@pytest.mark.parametrize("countries", [2, 3])
def test_lines_of_a_world_that_gives_no_examples(tmp_path: Path, countries: int):
    folder = write_world(tmp_path / "small", countries=countries, seed=3)
    world = load_world(folder)
    lines = {name: example_line(world, event, numbers=True) for name, event in world.events.items()}
    assert [name for name, line in lines.items() if line is None] == (["accord"] if countries == 2 else [])
    path = tmp_path / "all.yaml"
    text = "\n".join(f"  {line}" for line in lines.values() if line is not None)
    path.write_text(f"format: 1\ntitle: All\nworld: small\nevents:\n{text}\n", encoding="utf-8")
    assert len(load_scenario(path).events) == len(text.splitlines())


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (
            ["list", "parameterz"],
            'there is nothing called "parameterz" to list',
            'did you mean "parameters"?',
        ),
        (
            ["list", "events", "--world", "mars"],
            'there is no world "mars"',
            "one of: korea_japan_1969, northeast_asia, template",
        ),
        (["list", "events", "sumit"], 'no events with "sumit"', 'did you mean "summit"?'),
        (
            ["list", "parameters", "commitmnt"],
            'no parameters with "commitmnt"',
            'did you mean "commitment"?',
        ),
        (
            ["list", "measures", "coperation.final"],
            'no measures with "coperation.final"',
            'did you mean "cooperation.final"?',
        ),
        (["list", "theories", "libral"], 'no theories with "libral"', 'did you mean "liberal"?'),
        (
            ["list", "parameters", "North Corea"],
            'no parameters with "North Corea"',
            'did you mean "North Korea"?',
        ),
        (
            ["list", "parameters", "threats.PRK.medium"],
            'no parameters with "threats.PRK.medium"',
            "entente list levels threats.PRK.medium finds it",
        ),
        (["list", "events", "r10"], "no events rest on R10", "entente list events shows all"),
        (["events", "misile"], 'no events with "misile"', 'did you mean "missile"?'),
        (["events", "--world", "mars"], 'there is no world "mars"', WORLDS),
    ],
)
def test_faults_are_json_where_json_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    words: list[str],
    message: str,
    hint: str,
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["entente", *words, "--json"])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 2
    (fault,) = json.loads(capsys.readouterr().out)["faults"]
    assert (fault["message"], fault["hint"]) == (message, hint)
