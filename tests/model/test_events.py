"""What each event of the packaged world moves in its month, and nothing else: worked out by hand.

Everyone starts alike: rung 2 on every track, trust, favourability and support one half, intent 0.2,
wars at 0.3, talks with 6 months to go. `hurt` and `balm` are felt later in the month.
"""

from pathlib import Path

import numpy as np
import pytest

from simulation.document import month_text
from simulation.engines.plan import Plan, build_plan
from simulation.model import happening
from simulation.model.arrays import filled, views
from simulation.model.state import Luck, Setting, State, run_sizes
from simulation.scenario.resolve import load_scenario
from simulation.world import World, load_world
from simulation.world.effects import EFFECTS
from simulation.world.example import example_line
from tests.worlds import write_world

# By event: what is another number afterwards, with that number. A rung is that of both sides.
MOVED = {
    "missile_test": "acts.PRK 4",
    "nuclear_test": "tests.PRK 1",
    "missile_overflight": "acts.PRK 1, intent.JPN.PRK 0.28",  # .2 + .8 x .1
    "armed_provocation": "acts.PRK 3, intent.KOR.PRK 0.36",
    "military_incident": "hurt.JPN.KOR 0.15, trust.JPN.KOR 0.45, trust.KOR.JPN 0.45",
    "taiwan_crisis": "acts.CHN 20, intent.JPN.CHN 0.36",
    "joint_patrol": "intent.JPN.RUS 0.24, intent.JPN.CHN 0.24, trust.RUS.CHN 0.53, trust.CHN.RUS 0.53",
    "territorial_move": "hurt.JPN.CHN 0.2, intent.JPN.CHN 0.296",
    "defence_pact": "rung.PRK.RUS.security 4, trust.RUS.PRK 0.6, trust.PRK.RUS 0.6",
    "war_begins": "war.RUS 1",
    "war_ends": "war.RUS 0",
    "talks_begin": "talks.PRK 15",
    "talks_end": "talks.PRK 0",
    "moratorium": "talks.PRK 17, intent.KOR.PRK 0.17",  # .2 - .2 x .15
    "accord_scrapped": "hurt.KOR.PRK 0.1, intent.KOR.PRK 0.28",
    "coercion": "support.KOR 0.45, intent.KOR.CHN 0.32, favourability.KOR.CHN 0.4",
    "assurances": "intent.CHN.KOR 0.16",
    "missile_defence": "declared.USA.KOR 0.05, hurt.CHN.KOR 0.25, favourability.CHN.KOR 0.4",
    "court_ruling": "hurt.JPN.KOR 0.2, hurt.KOR.JPN 0.06",
    "asset_seizure": "hurt.JPN.KOR 0.25, trust.JPN.KOR 0.44",
    "claim_dismissed": "balm.JPN.KOR 0.06, hurt.KOR.JPN 0.03",
    "shrine_visit": "hurt.KOR.JPN 0.15, support.JPN 0.51",
    "territorial_visit": "hurt.JPN.KOR 0.2, support.KOR 0.53",
    "history_dispute": "hurt.KOR.JPN 0.1",
    "monument": "hurt.JPN.KOR 0.15, hurt.KOR.JPN 0.03",
    "denunciation": "hurt.JPN.KOR 0.06, favourability.JPN.KOR 0.48",
    "conciliatory_speech": "balm.JPN.KOR 0.03, trust.JPN.KOR 0.52",
    "compensation_plan": "balm.JPN.KOR 0.2, trust.JPN.KOR 0.6, support.KOR 0.45",
    "apology": "balm.KOR.JPN 0.15, support.JPN 0.47",
    "history_settlement": "balm.KOR.JPN 0.25, balm.JPN.KOR 0.25, trust.JPN.KOR 0.58, trust.KOR.JPN 0.58, "
    "support.KOR 0.44",
    "incident_settled": "balm.JPN.KOR 0.06, balm.KOR.JPN 0.06, trust.JPN.KOR 0.54, trust.KOR.JPN 0.54",
    "agreement_repudiated": "hurt.JPN.KOR 0.15, trust.JPN.KOR 0.38",
    "export_curb": "rung.JPN.KOR.economic 0, hurt.KOR.JPN 0.25",  # three rungs down from the second
    "curb_lifted": "rung.JPN.KOR.economic 3, balm.KOR.JPN 0.08",
    "boycott": "favourability.KOR.JPN 0.42, hurt.JPN.KOR 0.05",
    "sanctions": "rung.JPN.CHN.economic 1, trust.CHN.JPN 0.4",
    "borders_closed": "rung.JPN.KOR.diplomatic 1, favourability.KOR.JPN 0.48",
    "water_release": "hurt.KOR.JPN 0.08, favourability.KOR.JPN 0.46",
    "aid": "favourability.KOR.JPN 0.52, trust.KOR.JPN 0.53",
    "summit": "rung.JPN.KOR.diplomatic 3, trust.JPN.KOR 0.55, trust.KOR.JPN 0.55",
    "leader_visit": "trust.KOR.JPN 0.55, favourability.KOR.JPN 0.53",
    "summit_cancelled": "trust.JPN.KOR 0.46, hurt.JPN.KOR 0.04",
    "ambassador_recalled": "rung.JPN.KOR.diplomatic 1, hurt.KOR.JPN 0.1",
    "trilateral_summit": "rung.JPN.KOR.diplomatic 3, trust.JPN.KOR 0.54, trust.KOR.JPN 0.54, "
    "declared.USA.JPN 0.05, declared.USA.KOR 0.05",
    "mediation": "balm.JPN.KOR 0.06, balm.KOR.JPN 0.06, trust.JPN.USA 0.48, trust.KOR.USA 0.48",
    "step": "rung.JPN.KOR.economic 3",
    "step_back": "rung.JPN.KOR.economic 1, trust.KOR.JPN 0.47",
    "gsomia_suspended": "rung.JPN.KOR.security 1, trust.JPN.KOR 0.38",
    "gsomia_restored": "rung.JPN.KOR.security 3, trust.JPN.KOR 0.56, trust.KOR.JPN 0.56",
    "exercise": "trust.JPN.KOR 0.53, trust.KOR.JPN 0.53",
    "declaration_of_commitment": "declared.USA.KOR 0.08",
    "doubt_of_commitment": "declared.USA.KOR -0.15",
    "troop_withdrawal_plan": "declared.USA.KOR -0.25, trust.KOR.USA 0.42",
    "change_of_government": "camp.KOR progressive",
    "scandal": "support.KOR 0.4",
}
NAMES = ("acts", "tests", "war", "talks", "hurt", "balm", "trust", "favourability", "intent", "declared",
         "support", "rung", "camp")  # fmt: skip


@pytest.fixture(scope="module")
def world() -> World:
    return load_world("northeast_asia")


@pytest.fixture(scope="module")
def plan(world: World, tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """Every event once, each in a month of its own, as `entente events` offers it."""
    path = tmp_path_factory.mktemp("events") / "all.yaml"
    lines = ["format: 1", "title: All", "world: northeast_asia", "months: 100", "events:"]
    for month, event in enumerate(world.events.values()):
        at = month_text(world.reference + month)
        lines.append("  " + str(example_line(world, event)).replace(month_text(world.reference), at))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return build_plan(load_scenario(path))


def after(plan: Plan, month: int, vector: np.ndarray | None = None) -> dict[str, float]:
    """What the month's events make another number, by name; of countries that all start alike."""
    codes, tracks = plan.codes, [track.name for track in plan.scenario.world.tracks]
    setting = views(Setting, plan.setting)
    start = {"rung": 2, "trust": 0.5, "favourability": 0.5, "support": 0.5, "intent": 0.2, "war": 0.3,
             "talks": 6.0, "camp": setting.camp_start}  # fmt: skip
    states = [views(State, filled(State, run_sizes(len(codes)), start)) for _ in range(2)]
    given = plan.vectors.base if vector is None else vector
    luck = views(Luck, filled(Luck, run_sizes(len(codes)), {"country": 0.5, "pair": 0.5, "dyad": 0.5}))
    for at, state in zip((len(plan.scenario.world.events), month), states, strict=True):
        happening.happen(at, state, given, setting, plan.drivers, luck)
    moved = {}
    for name in NAMES:
        one, two = (getattr(state, name) for state in states)
        for place in np.argwhere(one != two).tolist():
            words = [codes[at] for at in place[:2]] + [tracks[at] for at in place[2:]]
            moved[".".join([name, *words])] = float(two[tuple(place)])
    return moved


def said(text: str, plan: Plan) -> dict[str, float]:
    """The numbers of a line of MOVED; a rung stands for both sides, a camp for its place."""
    moved = {}
    for part in text.split(", "):
        name, number = part.split()
        kind, *who = name.split(".")
        if kind == "camp":
            moved[name] = float(plan.scenario.world.camps.index((who[0], number)))
            continue
        moved[name] = float(number)
        if kind == "rung":
            moved[".".join([kind, who[1], who[0], who[2]])] = float(number)
    return moved


def test_every_event_is_worked_out(world: World):
    assert list(MOVED) == list(world.events)


@pytest.mark.parametrize("name", MOVED)
def test_an_event_moves_this_and_nothing_else(name: str, world: World, plan: Plan):
    assert after(plan, list(world.events).index(name)) == pytest.approx(said(MOVED[name], plan), abs=1e-12)


def test_an_amount_that_is_set_is_what_the_event_does(world: World, plan: Plan):
    vector = plan.vectors.base.copy()
    vector[list(plan.slots["events.court_ruling.size"])] = 0.5
    month = list(world.events).index("court_ruling")
    assert after(plan, month, vector) == pytest.approx({"hurt.JPN.KOR": 0.5, "hurt.KOR.JPN": 0.06})


def test_the_engines_know_every_effect_that_a_world_can_name():
    assert set(happening.EFFECTS) == set(EFFECTS)


def test_rungs_stay_on_their_ladders(tmp_path: Path):
    path = tmp_path / "far.yaml"
    path.write_text(
        "format: 1\ntitle: Far\nworld: northeast_asia\nevents:\n"
        "  - {at: 2023-06, event: step, country: JPN, partner: KOR, track: economic, steps: 6}\n"
        "  - {at: 2023-07, event: step_back, country: JPN, partner: KOR, track: security, steps: 6}\n",
        encoding="utf-8",
    )
    plan = build_plan(load_scenario(path))
    assert after(plan, 0)["rung.KOR.JPN.economic"] == 5
    assert after(plan, 1)["rung.KOR.JPN.security"] == 0


FEUD = """
  feud:
    meaning: "The country scorns the partner, and a third looks on"
    evidence: [E01]
    example: {country: BBB, partner: AAA, third: CCC}
    fields:
      country: country
      partner: country
      third: country
      size: {unit: share, bounds: [0, 1], value: 0.2, low: 0.1, high: 0.3, evidence: [E01]}
    effects:
      - {effect: trust, of: partner, toward: country, amount: -size}
      - {effect: favourability, of: third, toward: country, amount: -size}
      - {effect: support, of: country, amount: size}
"""


def test_a_world_can_add_its_own_event(tmp_path: Path):
    folder = write_world(tmp_path / "small", countries=3, seed=4)
    with (folder / "events.yaml").open("a", encoding="utf-8") as file:
        file.write(FEUD)
    world = load_world(folder)
    line = example_line(world, world.events["feud"])
    path = tmp_path / "own.yaml"
    path.write_text(f"format: 1\ntitle: Own\nworld: small\nevents:\n  {line}\n", encoding="utf-8")
    moved = {"trust.AAA.BBB": 0.3, "favourability.CCC.BBB": 0.3, "support.BBB": 0.7}
    assert after(build_plan(load_scenario(path)), 0) == pytest.approx(moved)
