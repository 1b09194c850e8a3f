"""Forks: one past, several futures, and the past is the same to the bit."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rich.console import Console

from simulation.api import load
from simulation.engines.ensemble import run_ensemble
from simulation.engines.plan import build_plan
from simulation.engines.reference import AllianceModel
from simulation.errors import BadInput
from simulation.report.text import show
from simulation.scenario.futures import futures
from simulation.scenario.resolve import load_scenario
from simulation.scenario.scenario import Scenario
from simulation.scenario.writing import to_yaml

TREE = """format: 1
title: Tree
extends: baseline
months: 24
runs: 40
threats: {RUS: {profile: walk, base: 30, persistence: 0.8, sd: 6}}
set: {commitment.USA.KOR: {value: 0.6, from: 2024-09}}
forks:
  at: 2024-03
  branches:
    back:
      title: Washington steps back
      set: {commitment.USA.KOR: 0.3, intent.half_life: {value: 3, from: 2024-06}}
      events: [{at: 2024-03, event: change_of_government, country: USA, camp: transactional}]
    storm:
      threats: {RUS: 5, PRK: peak, CHN: {profile: ramp, from: 60, to: 120, over: 4}}
      forks:
        at: 2024-09
        branches:
          calm: {threats.PRK: 1}
          same: {}
"""
FORK, INNER = 9, 15  # months from the start to the forks


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tree") / "tree.yaml"
    path.write_text(TREE, encoding="utf-8")
    return path


def paths(scenario: Scenario) -> np.ndarray:
    found = run_ensemble(build_plan(scenario), 40, keep_paths=True).paths
    assert found is not None
    return found


def test_every_future_is_named_with_its_month(tree: Path) -> None:
    found = [(name, at) for name, at, _ in futures(load_scenario(tree))]
    march, september = 2024 * 12 + 2, 2024 * 12 + 8
    assert found == [("back", march), ("storm", march), ("storm/calm", september), ("storm/same", september)]


def test_all_branches_have_one_past_to_the_bit_and_then_their_own(tree: Path) -> None:
    trunk = load_scenario(tree)
    whole = paths(trunk)
    grown = {name: paths(one) for name, _, one in futures(trunk)}
    for name, (inner, base) in {
        "back": (FORK, whole),
        "storm": (FORK, whole),
        "storm/calm": (INNER, grown["storm"]),
    }.items():
        assert np.array_equal(grown[name][:, :inner], base[:, :inner]), name
        assert not np.array_equal(grown[name][:, inner], base[:, inner]), name
    assert np.array_equal(grown["storm/same"], grown["storm"])


def test_what_a_branch_prescribes_by_hand(tree: Path) -> None:
    grown = {name: one for name, _, one in futures(load_scenario(tree))}
    tempo = {name: build_plan(one).drivers.tempo for name, one in grown.items()}
    world = load_scenario(tree).world.codes
    china, korea = world.index("CHN"), world.index("PRK")
    assert tempo["storm"][china].tolist() == [60.0] * FORK + [60.0, 75.0, 90.0, 105.0] + [120.0] * 11
    assert tempo["storm/calm"][korea, INNER:].tolist() == [1.0] * 9
    assert (tempo["storm/calm"][korea, FORK:INNER] == tempo["storm"][korea, -1]).all()
    said = [(one.path, one.value, one.since) for one in grown["back"].settings]
    # The trunk's own change of September falls away: from the fork on the branch's value holds.
    assert said == [
        ("commitment.USA.KOR", 0.3, 2024 * 12 + 2),
        ("intent.half_life", 3.0, 2024 * 12 + 5),
    ]


def test_a_fork_written_out_loads_back_to_itself(tree: Path) -> None:
    trunk = load_scenario(tree)
    again = tree.with_name("again.yaml")
    again.write_text(to_yaml(trunk), encoding="utf-8")
    assert load_scenario(again) == trunk


def printed(summary: dict[str, Any]) -> list[str]:
    out = io.StringIO()
    show(Console(file=out, width=100), summary)
    return out.getvalue().splitlines()


def test_a_result_knows_its_branches(tree: Path, tmp_path: Path) -> None:
    outcome = load(tree).run(out=tmp_path)
    cases = outcome.result.cases
    assert list(cases["role"]) == ["scenario", "parent", "branch", "branch", "branch", "branch"]
    assert list(cases["branch"]) == ["", "", "back", "storm", "storm/calm", "storm/same"]
    assert list(cases["fork"])[2:] == ["2024-03", "2024-03", "2024-09", "2024-09"]
    branches = outcome.summary()["branches"]
    assert [one["title"] for one in branches][:2] == ["Washington steps back", "Tree: storm"]
    table = outcome.table().set_index("case")["cooperation.final"]
    assert branches[1]["difference"]["mean"] == pytest.approx(table[3].mean() - table[0].mean())
    assert branches[1]["difference"]["paired"]
    assert outcome.compare("cooperation.final", "storm/same").mean == pytest.approx(
        branches[1]["difference"]["mean"]
    )
    assert [one["from_outer"] for one in branches[:2]] == [None, None]
    inner = branches[2]["from_outer"]
    assert (inner["against"], inner["paired"], inner["runs"]) == ("tree/storm", True, 40)
    assert inner["mean"] == pytest.approx(table[4].mean() - table[3].mean())
    assert branches[3]["from_outer"]["verdict"] == "none"  # it changes nothing of the branch it forks from
    lines = printed(outcome.summary())
    at = next(number for number, line in enumerate(lines) if line.startswith("storm/same (from 2024-09)"))
    assert lines[at + 1].startswith("  less storm, from which it forks ")
    assert lines[at + 1].split()[-1] == "none"
    with pytest.raises(BadInput, match=r'there is no branch "strom"\n  did you mean "storm"\?'):
        outcome.compare(branch="strom")


def grown(folder: Path, name: str, text: str) -> dict[str, Scenario]:
    path = folder / f"{name}.yaml"
    path.write_text(f"format: 1\ntitle: X\nextends: baseline\nmonths: 24\n{text}", encoding="utf-8")
    trunk = load_scenario(path)
    return {"": trunk} | {name: one for name, _, one in futures(trunk)}


@pytest.mark.parametrize(
    "kinds",
    [
        "uncertainty: [chance]",
        "uncertainty: [parameters]",
        "theory: {article: 0.5, liberal: 0.5}\nuncertainty: [theory, parameters]",
    ],
)
def test_the_past_is_one_under_every_kind_of_uncertainty(kinds: str, tmp_path: Path) -> None:
    text = (
        f"{kinds}\nthreats: {{RUS: 0}}\nset: {{intent.half_life: {{value: 6, low: 3, high: 12}}}}\n"
        "forks:\n  at: 2024-03\n  branches:\n    storm: {threats: {RUS: 60, PRK: peak}, choice.pace: 0.3}\n"
    )
    found = grown(tmp_path, "x", text)
    trunk, storm = paths(found[""]), paths(found["storm"])
    assert np.array_equal(storm[:, :FORK], trunk[:, :FORK])
    assert not np.array_equal(storm[:, FORK:], trunk[:, FORK:])


def test_a_fork_at_the_first_month_leaves_the_trunk_alone(tmp_path: Path) -> None:
    text = "forks:\n  at: 2023-06\n  branches:\n    storm: {threats.PRK: peak}\n"
    assert np.array_equal(paths(grown(tmp_path, "a", text)[""]), paths(grown(tmp_path, "b", "")[""]))


def test_a_branch_that_sets_a_path_later_keeps_what_held_before(tmp_path: Path) -> None:
    text = (
        "set: {commitment.USA.KOR: {value: 0.6, from: 2024-06}}\n"
        "forks:\n  at: 2024-03\n  branches:\n"
        "    late: {set: {commitment.USA.KOR: {value: 0.2, from: 2024-12}}}\n"
    )
    late = grown(tmp_path, "x", text)["late"]
    said = [(one.value, one.since) for one in late.settings]
    assert said == [(0.6, 2024 * 12 + 5), (0.2, 2024 * 12 + 11)]


def test_a_walk_of_a_branch_begins_at_its_own_base(tmp_path: Path) -> None:
    text = (
        "threats: {RUS: {profile: walk, base: 100, persistence: 0.99, sd: 90}}\n"
        "forks:\n  at: 2024-03\n  branches:\n"
        "    calm: {threats: {RUS: {profile: walk, base: 200, persistence: 0.5, sd: 1}}}\n"
    )
    model = AllianceModel(build_plan(grown(tmp_path, "x", text)["calm"]), 1)
    tempi = []
    for _ in range(14):
        model.step()
        tempi.append(float(model.state.tempo[model.codes.index("RUS")]))
    assert max(abs(one - 200) for one in tempi[FORK:]) < 4
    assert max(abs(one - 100) for one in tempi[:FORK]) > 10


FAULTS = {
    "forks: {at: 2024-03, branches: {}}": "no branches stand here",
    "forks: {at: 2024-03, branches: {a/b: {}}}": '"a/b" cannot be the name of a branch',
    "variants: {../up: {}}": '"../up" cannot be the name of a variant',
    "variants: {all: {}}": '"all" cannot be the name of a variant',
    "forks: {at: 2024-03}": '5:8: the key "branches" is missing',
    "forks: {at: 2023-01, branches: {a: {}}}": "2023-01 is before the first month, 2023-06",
    "forks: {at: 2024-03, branches: {a: {months: 12}}}": 'a branch cannot change "months"',
    "forks: {at: 2024-03, branches: {a: {thretas: {PRK: 3}}}}": 'did you mean "threats"?',
    "forks: {at: 2024-03, branches: {a: {set: {dilemma: {value: 0.1, from: 2023-09}}}}}": (
        "2023-09 is before the month of the fork, 2024-03"
    ),
    "forks: {at: 2024-03, branches: {a: {set: {dilemma: {value: 0.1, low: 0, high: 1}}}}}": (
        "dilemma: a range holds from the start, and a branch does not reach back"
    ),
    "forks: {at: 2024-03, branches: {a: {set: {support.start.JPN: 0.5}}}}": (
        "support.start.JPN is read at the start and never again"
    ),
    "forks: {at: 2024-03, branches: {a: {events: [{at: 2024-01, event: court_ruling, country: KOR, "
    "partner: JPN}]}}}": ("2024-01 is before the month of the fork, 2024-03\n"),
    "forks: {at: 2024-03, branches: {a: {forks: {at: 2024-04, branches: {b: {forks: {}}}}}}}": (
        "a branch of a branch cannot fork again"
    ),
    "forks: {at: 2024-03, branches: {a: {forks: {at: 2024-01, branches: {b: {}}}}}}": (
        "2024-01 is before the month of the fork, 2024-03"
    ),
    "forks: {at: 2024-03, branches: {a: {threats.PRK.to: 3}}}": '"PRK.to" is one field of a profile',
    "forks: {at: 2024-03, branches: {a: {set: {tempo.reference.PRK: 0}}}}": (
        "tempo.reference.PRK is the tempo by which acts are measured, and cannot be 0 for a challenger"
    ),
    "forks: {at: 2024-03, branches: {a: {set: {tempo.reference.USA: 9}}}}": (
        "until 2024-03 tempo.reference.USA would be 0, and nobody could read its acts"
    ),
    "set: {tempo.reference.USA: 9}\nforks: {at: 2024-03, branches: {a: {tempo.reference.USA: 0}}}": (
        "tempo.reference.USA is the tempo by which acts are measured, and cannot be 0 for a challenger"
    ),
    "events: [{at: 2024-04, event: change_of_government, country: KOR, camp: progressive}]\n"
    "forks: {at: 2024-03, branches: {a: {events: [{at: 2024-04, event: change_of_government, country: KOR, "
    "camp: conservative}]}}}": "KOR has two governments in 2024-04: progressive and conservative",
    "variants: {a: {forks: {}}}": '"forks" cannot be set by a variant',
}


@pytest.mark.parametrize("line", FAULTS)
def test_what_is_wrong_with_a_fork(line: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(f"format: 1\ntitle: X\nextends: baseline\nmonths: 24\n{line}\n", encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load_scenario(path)
    assert FAULTS[line] in str(caught.value)
    assert len(caught.value.faults) == 1


def test_a_branch_that_changes_nothing_is_noted(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(
        """format: 1
title: Idle
extends: baseline
threats: {PRK: {profile: step, from: 10, to: 20, at: 2024-06}}
set: {choice.pace: 0.2, commitment.USA.KOR: {value: 0.6, from: 2024-09}}
forks:
  at: 2024-03
  branches:
    bare: {}
    told again: {threats.PRK: {profile: step, from: 10, to: 20, at: 2024-06}, set: {choice.pace: 0.2}}
    sooner: {threats.PRK: 20}
    kept: {commitment.USA.KOR: {value: 0.6, from: 2024-09}}
    no later change: {commitment.USA.KOR: 0.5}
    drawn: {commitment.USA.JPN: 0.85}
    walks: {threats.CHN: {profile: walk, base: medium, persistence: 0.5, sd: 0}}
    waits:
      forks: {at: 2024-06, branches: {on: {threats.PRK: 20}, off: {threats.PRK: 5}}}
""",
        encoding="utf-8",
    )
    notes = [(note.place.line if note.place else 0, note.message) for note in load_scenario(path).notes]
    assert notes == [
        (line, f'the branch "{name}" changes nothing')
        for line, name in ((9, "bare"), (10, "told again"), (12, "kept"), (17, "waits/on"))
    ]


def test_a_fork_before_a_childs_start_names_both_lines(tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text(TREE, encoding="utf-8")
    path = tmp_path / "young.yaml"
    path.write_text("format: 1\ntitle: Young\nextends: old\nstart: 2024-05\n", encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load_scenario(path)
    said = str(caught.value).replace(f"{tmp_path}/", "")
    assert said.startswith(
        "old.yaml:9:7: it forks in 2024-03, and the scenario begins in 2024-05, as young.yaml:4:1 says\n"
    )
    assert said.endswith(
        "let it begin in 2024-03 or before, or write `forks:` of its own there, with `at: 2024-05` or later"
    )
    own = "forks: {at: 2024-05, branches: {storm: {threats.PRK: peak}}}\n"
    path.write_text(f"format: 1\ntitle: Young\nextends: old\nstart: 2024-05\n{own}", encoding="utf-8")
    assert [name for name, _, _ in futures(load_scenario(path))] == ["storm"]
