"""What a file, its parents and the command line come to."""

import pytest

from simulation.document import month_text
from simulation.errors import BadInput
from simulation.library import scenarios_folder
from simulation.scenario.profiles import Constant, Pulse, Ramp, Step
from simulation.scenario.resolve import load_scenario
from simulation.scenario.scenario import Scenario
from tests.scenario.files import ROOT, child, write

JUNE = 2023 * 12 + 5


def test_what_a_root_leaves_out():
    write("root", ROOT)
    got = load_scenario("root")
    assert (got.name, got.title, got.why, got.parent) == ("root", "Root", "", None)
    assert (month_text(got.start), got.months, got.runs, got.rng_seed) == ("2023-06", 60, 1000, 1)
    assert (got.theory, got.uncertainty) == ({"article": 1.0}, ("chance", "parameters"))
    assert (got.background, got.without, got.focus) == (1.0, (), ("JPN", "KOR"))
    assert (got.settings, got.events) == ((), ())
    reference = {code: got.world.value(f"tempo.reference.{code}").value for code in got.world.codes}
    assert got.threats == {code: Constant(tempo) for code, tempo in reference.items() if tempo}
    assert set(got.places) == {"format", "title", "world"}


def test_all_that_a_file_can_say():
    write(
        "all",
        ROOT
        + """\
why: Everything at once?
start: 2022-12
months: 24
runs: 10
rng_seed: 9223372036854775807
theory: {liberal: 0.25, article: 0.75, net_threat: 0}
uncertainty: [theory, chance]
background: 0.5
without: [RUS]
threats:
  PRK: {profile: ramp, from: low, to: 120.5, over: 12, at: 2023-01}
  CHN: {profile: pulse, base: 40, peak: high, at: 2023-03, width: 9}
set:
  commitment.USA.KOR: {value: 0.4, from: 2023-01}
  commitment.USA.JPN: 0.5
  intent.half_life: {value: 9, low: 6, high: 12}
events:
  - {at: 2024-11, event: court_ruling, country: KOR, partner: JPN}
  - {at: 2023-01, event: change_of_government, country: USA, camp: transactional}
  - {at: 2023-01, event: step, country: USA, partner: JPN, track: security, steps: 2}
focus: [KOR, USA]
""",
    )
    got = load_scenario("all")
    assert (got.start, got.months, got.runs, got.rng_seed) == (JUNE - 6, 24, 10, 2**63 - 1)
    assert list(got.theory.items()) == [("article", 0.75), ("liberal", 0.25)]
    assert got.uncertainty == ("chance", "theory")
    low, high = (got.world.levels[code][level].value for code, level in (("PRK", "low"), ("CHN", "high")))
    assert got.threats == {
        "PRK": Ramp(low, 120.5, 12, JUNE - 5),
        "CHN": Pulse(40.0, high, JUNE - 3, 9),
    }
    assert [(one.path, one.low, one.value, one.high, one.since) for one in got.settings] == [
        ("commitment.USA.JPN", 0.5, 0.5, 0.5, None),
        ("commitment.USA.KOR", 0.4, 0.4, 0.4, JUNE - 5),
        ("intent.half_life", 6.0, 9.0, 12.0, None),
    ]
    assert [(one.month, one.event, one.fields) for one in got.events] == [
        (JUNE - 5, "change_of_government", {"country": "USA", "camp": "transactional"}),
        (JUNE - 5, "step", {"country": "USA", "partner": "JPN", "track": "security", "steps": 2.0}),
        (JUNE + 17, "court_ruling", {"country": "KOR", "partner": "JPN"}),
    ]
    assert str(got.places["set.intent.half_life"]) == "scenarios/all.yaml:19:3"
    assert str(got.places["threats.CHN"]) == "scenarios/all.yaml:15:3"


def test_a_mixture_is_theory_uncertainty_unless_the_file_says_otherwise():
    write("root", ROOT + "theory: {article: 0.5, liberal: 0.5}\n")
    assert load_scenario("root").uncertainty == ("chance", "parameters", "theory")


def test_the_child_before_the_parent_before_the_grandparent():
    write("old", ROOT + "months: 12\nruns: 5\nbackground: 2\nthreats: {PRK: 1, CHN: 1, RUS: 1}\n")
    child("middle", "old", "runs: 6\nbackground: 3\nthreats: {CHN: 2, RUS: 2}\n")
    child("young", "middle", "background: 4\nthreats: {RUS: 3}\n")
    got = load_scenario("young")
    assert (got.months, got.runs, got.background) == (12, 6, 4.0)
    assert got.threats == {"PRK": Constant(1.0), "CHN": Constant(2.0), "RUS": Constant(3.0)}
    assert {key: place.file for key, place in got.places.items() if key.startswith("threats")} == {
        "threats.PRK": "scenarios/old.yaml",
        "threats.CHN": "scenarios/middle.yaml",
        "threats.RUS": "scenarios/young.yaml",
    }
    assert got.parent is not None
    assert got.parent == load_scenario("middle")
    assert got.parent.parent == load_scenario("old")


def test_settings_merge_by_path_whichever_way_a_dyad_is_written():
    write("old", ROOT + "set: {proximity.JPN.KOR: 0.1, intent.half_life: 5}\n")
    child("young", "old", "set: {proximity.KOR.JPN: 0.2, choice.pace: 0.3}\n")
    values = {one.path: one.value for one in load_scenario("young").settings}
    assert values == {"choice.pace": 0.3, "intent.half_life": 5.0, "proximity.JPN.KOR": 0.2}


def test_events_of_the_child_come_on_top_of_its_parents():
    write("old", ROOT + "events: [{at: 2024-01, event: scandal, country: KOR}]\n")
    child("young", "old", "events: [{at: 2024-01, event: scandal, country: JPN}]\n")
    assert [one.fields["country"] for one in load_scenario("young").events] == ["KOR", "JPN"]


def test_lists_and_mixtures_replace():
    write("old", ROOT + "theory: {article: 0.5, liberal: 0.5}\nwithout: [RUS]\nfocus: [KOR, USA]\n")
    child("young", "old", "theory: {net_threat: 0.5, liberal: 0.5}\nwithout: [CHN]\nfocus: [JPN, USA]\n")
    got = load_scenario("young")
    assert (set(got.theory), got.without, got.focus) == ({"net_threat", "liberal"}, ("CHN",), ("JPN", "USA"))


def test_title_and_question_are_not_inherited():
    write("old", ROOT + "why: Old?\n")
    child("young", "old")
    got = load_scenario("young")
    assert (got.title, got.why) == ("young", "")


def test_what_parents_say_of_a_country_falls_away_with_it():
    write(
        "old",
        ROOT
        + """\
threats: {RUS: high, PRK: 5}
set: {commitment.USA.KOR: 0.4, cover.PRK.RUS: 1}
events:
  - {at: 2024-01, event: war_ends, country: RUS}
  - {at: 2024-01, event: scandal, country: KOR}
""",
    )
    child("young", "old", "without: [RUS]\n")
    got = load_scenario("young")
    assert set(got.threats) == {"PRK", "CHN"}
    assert [one.path for one in got.settings] == ["commitment.USA.KOR"]
    assert [one.event for one in got.events] == ["scandal"]
    assert "threats.RUS" not in got.places


def test_a_shorter_horizon_leaves_out_what_it_never_reaches():
    write(
        "old",
        ROOT
        + """\
threats:
  PRK: {profile: step, from: 1, to: 2, at: 2025-01}
  CHN: {profile: step, from: 1, to: 2, at: 2023-07}
set: {commitment.USA.KOR: {value: 0.4, from: 2025-01}}
events: [{at: 2025-01, event: scandal, country: KOR}]
""",
    )
    got = load_scenario("old", ["months=12"])
    assert got.threats["PRK"] == Constant(1.0)
    assert got.threats["CHN"] == Step(1.0, 2.0, JUNE + 1)
    assert (got.settings, got.events) == ((), ())


def test_weights_of_a_theory_fall_away_with_it():
    write("old", ROOT + "set: {weights.article.gain: 2}\n")
    assert load_scenario("old", ["theory=liberal"]).settings == ()


def test_the_command_line_has_the_last_word():
    write("old", ROOT + "months: 12\nthreats: {PRK: 1}\nset: {intent.half_life: 5}\n")
    got = load_scenario(
        "old",
        [
            "months=24",
            "threats.PRK=high",
            "threats.CHN={profile: ramp, from: 1, to: 2, over: 3}",
            "intent.half_life=6",
            "set.choice.pace={value: 0.2, low: 0.1, high: 0.3}",
            "theory={article: 0.5, liberal: 0.5}",
            "events=[{at: 2024-01, event: scandal, country: KOR}]",
            "title=Another name",
        ],
    )
    assert (got.months, got.title, set(got.theory)) == (24, "Another name", {"article", "liberal"})
    assert got.threats["PRK"] == Constant(got.world.levels["PRK"]["high"].value)
    assert got.threats["CHN"] == Ramp(1.0, 2.0, 3)
    assert {one.path: one.value for one in got.settings} == {"choice.pace": 0.2, "intent.half_life": 6.0}
    assert len(got.events) == 1
    assert str(got.places["threats.PRK"]) == "--set threats.PRK=high:1:1"
    assert str(got.places["set.intent.half_life"]) == "--set intent.half_life=6:1:1"


def test_a_pair_shares_its_frame_on_the_command_line_and_nothing_else():
    got = load_scenario("no_russia", ["months=12", "runs=7", "rng_seed=8", "start=2023-01", "background=0"])
    assert got.parent is not None
    for one in (got, got.parent):
        assert (one.months, one.runs, one.rng_seed, month_text(one.start)) == (12, 7, 8, "2023-01")
    assert (got.background, got.parent.background) == (0.0, 1.0)


def test_a_country_becomes_a_challenger_when_the_scenario_makes_it_one():
    write("old", ROOT + "threats: {JPN: 5}\nset: {tempo.reference.JPN: 10}\n")
    assert load_scenario("old").threats["JPN"] == Constant(5.0)


def test_acts_of_a_challenger_cannot_be_measured_by_0():
    for line in ("tempo.reference.PRK: 0", "tempo.reference.PRK: {value: 0, from: 2024-01}"):
        write("mute", ROOT + f"set:\n  {line}\n")
        with pytest.raises(BadInput) as caught:
            load_scenario("mute")
        (fault,) = caught.value.faults
        assert fault.message == (
            "tempo.reference.PRK is the tempo by which acts are measured, and cannot be 0 for a challenger"
        )
        assert fault.hint == (
            "for no acts write `threats: {PRK: 0}`; to leave it out of the world `without: [PRK]`"
        )
    write("late", ROOT + "set: {tempo.reference.JPN: {value: 10, from: 2024-01}}\n")
    with pytest.raises(BadInput, match=r"until 2024-01 tempo\.reference\.JPN would be 0"):
        load_scenario("late")
    write("none", ROOT + "threats: {PRK: 0}\nset: {tempo.reference.JPN: 0}\n")
    assert load_scenario("none").threats["PRK"] == Constant(0.0)


def test_an_event_stands_once():
    summit = "{at: 2025-01, event: summit, country: JPN, partner: KOR}"
    turned = "{partner: KOR, country: JPN, event: summit, at: 2025-01}"
    write("old", ROOT + f"events:\n  - {summit}\n")
    for name, text in (
        ("same", f"events: [{turned}]\n"),
        ("branch", f"forks: {{at: 2024-01, branches: {{talks: {{events: [{turned}]}}}}}}\n"),
        ("variant", f"variants: {{talks: {{events: [{turned}]}}}}\n"),
    ):
        child(name, "old", text)
        with pytest.raises(BadInput) as caught:
            load_scenario(name)
        (fault,) = caught.value.faults
        assert fault.message == "this summit of 2025-01 stands already at scenarios/old.yaml:5:5"
        assert fault.place is not None
        assert fault.place.file == f"scenarios/{name}.yaml"
    other = summit.replace("}", ", steps: 2}")
    child("other", "old", f"events: [{other}]\n")
    assert len(load_scenario("other").events) == 2


def test_an_rng_seed_of_64_bits_is_refused():
    write("root", ROOT + f"rng_seed: {2**63}\n")
    with pytest.raises(BadInput, match="above the highest value"):
        load_scenario("root")


# -- the library -----------------------------------------------------------------

LIBRARY = sorted(path.stem for path in scenarios_folder().glob("*.yaml"))


@pytest.mark.parametrize("name", LIBRARY)
def test_a_scenario_of_the_library_has_a_title_and_asks_a_question(name: str):
    got: Scenario = load_scenario(name)
    assert got.title
    assert got.why.endswith("?")


def test_baseline_is_the_parent_of_most():
    parents = {name: load_scenario(name).parent for name in LIBRARY}
    roots = {name for name, parent in parents.items() if parent is None}
    assert roots == {"baseline", "since_2022", "korea_japan_1969", "doubt_1981"}
    others = {name: parent.name for name, parent in parents.items() if parent and parent.name != "baseline"}
    assert others == {
        "no_gesture": "since_2022",
        "nixon_doctrine": "korea_japan_1969",
        "withdrawal_plan": "nixon_doctrine",
        "abandonment_1977": "withdrawal_plan",
        "recommitment_1981": "doubt_1981",
    }
