"""Where a value comes from: the chain link by link, what it rests on, how it varies."""

from functools import cache
from pathlib import Path

import pytest

from simulation.describe.chain import Explanation, at
from simulation.describe.explanation import explain, paths_of
from simulation.describe.readers import readers_of
from simulation.errors import BadInput
from simulation.library import seeds_folder
from simulation.scenario.resolve import load_scenario
from simulation.scenario.scenario import Scenario


@cache
def loaded(overrides: tuple[str, ...], variants: tuple[str, ...], folder: Path) -> Scenario:
    return load_scenario("young.yaml", overrides, variants)


def explained(path: str, *overrides: str, variants: tuple[str, ...] = ()) -> Explanation:
    return explain(loaded(overrides, variants, Path.cwd()), path)


def links(one: Explanation) -> list[tuple[str, str, str, str]]:
    """Who, file and line, text and fate of each link."""
    seeds = str(seeds_folder())
    return [
        (
            step.by,
            "" if step.place is None else at(step.place).removeprefix("at ").replace(seeds, "seeds"),
            step.text,
            step.then,
        )
        for step in one.chain
    ]


def test_a_parameter_from_the_evidence_to_the_command_line():
    one = explained("intent.half_life", "intent.half_life=7")
    assert (one.value, one.unit, one.bounds) == ("7", "months", (0.5, 120))
    assert one.meaning == "Months in which half of a new reading of intent arrives"
    assert links(one)[1:] == [
        ("parent old", "old.yaml:7", "8", "replaced on the command line"),
        ("file young", "young.yaml:6", "{value: 9, low: 6, high: 12}", "replaced on the command line"),
        ("command line", "on the command line", "--set intent.half_life=7", "holds"),
    ]
    by, place, text, then = links(one)[0]
    assert (by, text, then) == ("world", "9 (4 to 18)", "replaced on the command line")
    line = int(place.removeprefix("seeds/northeast_asia/mechanisms.yaml:"))
    seeds = (seeds_folder() / "northeast_asia" / "mechanisms.yaml").read_text(encoding="utf-8").splitlines()
    assert seeds[line - 1].strip().startswith("intent.half_life:")
    (ground,) = one.chain[0].grounds
    assert [claim.key for claim in ground.cited] == list(ground.value.evidence if ground.value else ())
    assert ground.cited[1].claim == "Images of others change slowly and read new facts into the old picture."
    assert ground.cited[1].source == (
        "Robert Jervis, Perception and Misperception in International Politics,"
        " Princeton University Press 1976 (recalled)"
    )
    assert one.notes == ("The same number in every run: nothing is drawn.",)
    assert one.readers == readers_of("Parameters", "intent_half_life")


def test_a_range_is_drawn_from_where_uncertainty_names_parameters():
    assert explained("intent.half_life").notes == (
        "Each draw takes its own value, between 6 and 12, most likely 9 (triangular).",
    )
    assert explained("intent.half_life", "uncertainty=[chance]").notes == (
        "Every run takes the most likely value: `uncertainty` does not name parameters.",
    )


def test_the_world_holds_until_the_month_of_a_setting():
    one = explained("commitment.USA.KOR")
    assert one.value == "0.43 from 2025-01 on, before it 0.85 (0.7 to 0.95)"
    assert [then for _, _, _, then in links(one)] == ["holds until 2024-12", "holds from 2025-01 on"]
    assert one.names == ("USA is United States", "KOR is South Korea")
    assert one.notes[:2] == (
        "Each draw takes its own value until 2024-12, between 0.7 and 0.95, most likely 0.85 (triangular).",
        "In the branch cold: 0.2 from 2024-06 on (at young.yaml:18).",
    )


def test_a_dyad_is_found_whichever_way_it_is_written():
    assert explained("proximity.KOR.JPN") == explained("set.proximity.JPN.KOR")
    assert links(explained("proximity.JPN.KOR"))[-1] == ("file young", "young.yaml:8", "0.2", "holds")


def test_what_no_file_of_the_world_names_is_a_default_and_says_so():
    one = explained("gesture.rate.USA")
    assert (one.value, one.chain[0].by) == ("0", "default")
    assert one.chain[0].text == "0, which a table is worth where no file of the world names it"
    assert one.chain[0].place is not None
    assert one.chain[0].place.file.endswith("parameters.yaml")


def test_an_assumption_says_its_reason():
    (ground,) = explained("exposure.RUS.JPN").chain[0].grounds
    assert ground.cited == ()
    assert ground.value is not None
    assert ground.value.assumption == "The Kurils and the straits out of Vladivostok"


def test_a_tempo_with_the_level_it_rests_on():
    one = explained("threats.PRK")
    assert one.value == "step: from 10, to 69, at 2024-01"
    assert [link[0] for link in links(one)] == ["world", "parent old", "file young"]
    assert one.chain[0].then == "replaced at young.yaml:4"
    rests = [[ground.value.path for ground in step.grounds if ground.value] for step in one.chain]
    assert rests == [
        ["tempo.reference.PRK"],
        ["threats.PRK.medium"],
        ["threats.PRK.low", "threats.PRK.high"],
    ]
    assert one.notes[-1] == "In the branch cold: 120 from 2024-06 on (at young.yaml:18)."


def test_what_acts_are_measured_by_is_no_link_of_the_tempo():
    measure = "Acts of PRK are measured by tempo.reference.PRK, "
    one = "at that tempo the signal is one half."
    assert explained("threats.PRK").notes[0] == f"{measure}35 (25 to 50) (the world's): {one}"
    own = explained("threats.PRK", "tempo.reference.PRK=70")
    assert own.notes[0] == f"{measure}70 (set on the command line): {one}"
    assert own.chain[0].text == "35: the tempo that tempo.reference.PRK gives where no file names one"


def test_a_level_of_threat_rests_on_its_evidence_and_is_no_field_of_the_profile():
    one = explained("threats.PRK.medium")
    assert (one.path, one.value, one.unit) == ("threats.PRK.medium", "33 (24 to 41)", "acts/year")
    ((ground,),) = (step.grounds for step in one.chain)
    assert [claim.key for claim in ground.cited] == ["R02", "R04"]
    assert one.notes[0].startswith("`threats: {PRK: medium}` names it.")


def test_events_that_act_on_a_commitment_are_named_with_what_they_do():
    add = "events=[{at: 2024-03, event: troop_withdrawal_plan, country: USA, partner: KOR}, "
    add += "{at: 2024-04, event: troop_withdrawal_plan, country: USA, partner: JPN}, "
    add += "{at: 2025-02, event: change_of_government, country: USA, camp: transactional}]"
    *_, kept, plan, change = explained("commitment.USA.KOR", add).notes
    assert kept.startswith("Governments of USA keep of it the share resolve.USA.CAMP.KOR: ")
    size = load_scenario("young.yaml").world.value("events.troop_withdrawal_plan.weight").value
    assert plan == (
        f"In 2024-03 troop_withdrawal_plan: USA's commitment to KOR tends lower by {size:g}, which fades."
    )
    assert change == "In 2025-02 change_of_government: transactional governs USA."


@pytest.mark.parametrize("path", ["events", "events.summit"])
def test_an_event_after_a_shortened_end_says_so(path: str):
    fates = [step.then for step in explained(path, "months=20").chain if step.by == "file young"]
    assert fates == ["happens", "falls away: it comes after the end, 2025-01"]


def test_a_field_of_a_profile():
    one = explained("threats.PRK.to")
    assert (one.value, one.unit, one.meaning) == ("69", "acts/year", "Tempo from the step on.")
    assert links(one) == [
        ("parent old", "old.yaml:5", "medium, without a field to", "replaced at young.yaml:4"),
        ("file young", "young.yaml:4", "high", "holds"),
    ]
    assert [len(step.grounds) for step in one.chain] == [0, 1]  # "medium" has no part in this field
    branch = "In the branch cold the whole tempo of PRK gives way to 120 from 2024-06 on (at young.yaml:18)."
    assert one.notes[-1] == branch
    assert explained("threats.PRK.at").value == "2024-01"


def test_a_field_is_changed_by_a_higher_layer():
    one = explained("threats.PRK.to", "threats.PRK.to=90")
    assert (one.value, [link[3] for link in links(one)]) == (
        "90",
        [
            "replaced at young.yaml:4",
            "replaced on the command line",
            "holds",
        ],
    )
    whole = explained("threats.PRK", "threats.PRK.to=90")
    assert whole.value == "step: from 10, to 90, at 2024-01"
    assert links(whole)[1:] == [
        ("parent old", "old.yaml:5", "medium", "replaced at young.yaml:4"),
        ("file young", "young.yaml:4", "{profile: step, from: low, to: high, at: 2024-01}",
         "holds but for what is changed below"),
        ("command line", "on the command line", "--set threats.PRK.to=90", "holds"),
    ]  # fmt: skip


def test_a_part_of_a_sum():
    said = (
        "threats.PRK={profile: sum, parts: [low, {profile: pulse, base: 0, peak: 30, at: 2024-01, width: 3}]}"
    )
    one = explained("threats.PRK.parts.1.peak", said)
    assert (one.value, one.unit, one.bounds) == ("30", "acts/year", (0, 1000))
    assert one.meaning == "Tempo while the pulse lasts."
    assert links(one)[-1][1:] == ("on the command line", "30", "holds")
    assert explained("threats.PRK.parts.0", said).value == "10"
    part = explained("threats.PRK.parts.1", said)
    assert part.value == "base 0, peak 30, at 2024-01, width 3"
    assert explained("threats.PRK", said).value == "sum: (10) + (pulse: base 0, peak 30, at 2024-01, width 3)"
    with pytest.raises(BadInput) as caught:
        explained("threats.PRK.parts.2", said)
    assert str(caught.value) == 'the tempo of PRK has no part "parts.2"\n  parts are counted from 0 to 1'


def test_a_variant_stands_between_the_file_and_the_command_line():
    one = explained("threats.PRK", "threats.PRK=12", variants=("quick", "loud"))
    assert links(one)[1:] == [
        ("parent old", "old.yaml:5", "medium", "replaced on the command line"),
        ("file young", "young.yaml:4", "{profile: step, from: low, to: high, at: 2024-01}",
         "replaced on the command line"),
        ("variant loud", "young.yaml:13", "140", "replaced on the command line"),
        ("command line", "on the command line", "--set threats.PRK=12", "holds"),
    ]  # fmt: skip
    months = explained("months", variants=("quick", "loud"))
    assert (months.value, [link[0] for link in links(months)]) == (
        "24",
        ["default", "parent old", "variant quick"],
    )


def test_a_key_that_nothing_sets_is_a_default():
    one = explained("background")
    assert (one.value, links(one)) == ("1", [("default", "", "1", "holds")])
    assert [reader.name for reader in one.readers] == ["happening.shocks"]


def test_a_title_is_never_a_parents():
    assert links(explained("title")) == [("file young", "young.yaml:2", "Young", "holds")]


def test_a_theory_says_what_it_rests_on():
    one = explained("theory", "theory=liberal")
    assert (one.value, one.chain[0].then) == ("liberal 1", "has the share 1")
    assert [claim.key for claim in one.chain[0].grounds[0].cited] == ["R90", "R92", "E27"]
    assert explained("theory.article", "theory=liberal").value == "0"
    assert explained("weights.article.trust", "theory=liberal").notes == (
        "No run decides by article here, and none reads this value: see the path theory.",
    )


def test_an_amount_of_an_event_and_the_events_that_say_it():
    one = explained("events.summit.steps")
    assert (one.value, one.unit, one.bounds) == ("1 (1 to 2)", "rungs", (0, 6))
    assert [(by, then) for by, _, _, then in links(one)] == [
        ("world", "holds where an event leaves it out"),
        ("file young", "its own steps holds"),
        ("file young", "says no steps"),
    ]
    assert one.notes == (
        "It moves rung of country toward partner on diplomatic by steps.",
        "Each draw takes its own value, between 1 and 2, most likely 1 (triangular).",
    )
    set_ = explained("events.summit.steps", "events.summit.steps=2")
    assert (set_.value, links(set_)[0][3], links(set_)[1][2:]) == (
        "2",
        "replaced on the command line",
        ("--set events.summit.steps=2", "holds where an event leaves it out"),
    )
    never = explained("events.scandal")
    assert (never.value, never.notes[-1]) == (
        "does not happen",
        "No scandal stands in the timeline of young.",
    )


def test_who_takes_no_part_acts_in_no_run():
    one = explained("threats.RUS", "without=[RUS]")
    assert one.value == "none"
    assert one.notes[0] == "RUS takes no part here (on the command line): it acts in no run."
    note = "RUS takes no part here (on the command line): no run reads this value."
    assert explained("exposure.JPN.RUS", "without=[RUS]").notes == (note,)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (
            "intent.half_live",
            'there is no path "intent.half_live" to explain\n  did you mean "intent.half_life"?',
        ),
        ("threats.PRK.base", 'the tempo of PRK is a step, which has no field "base"\n  one of: from, to, at'),
        ("threat.PRK", 'there is no path "threat.PRK" to explain\n  did you mean "threats.PRK"?'),
        ("threats.JPN.to", 'JPN has no tempo here, and no field "to" of one'),
        ("q", 'there is no path "q" to explain\n  entente list parameters WORD finds what can be set'),
    ],
)
def test_an_unknown_path_is_told_the_nearest(path: str, message: str):
    with pytest.raises(BadInput) as caught:
        explained(path)
    assert str(caught.value) == message


def test_every_path_has_an_explanation_and_every_parameter_a_reader():
    one = load_scenario("young.yaml")
    for path in paths_of(one):
        found = explain(one, path)
        assert found.path == path
        assert found.meaning
        assert found.chain
    for declared in one.world.declarations:
        assert readers_of("Parameters", declared.replace(".", "_"))
