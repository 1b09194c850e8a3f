"""Learning from the training years: a method that finds what is known, and a bank that loses nothing."""

import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from simulation.calibration import bank, calibrate
from simulation.calibration.bank import Bank, fill, learnt
from simulation.calibration.inference import Method
from simulation.calibration.summaries import names, of_histories, of_record, starts
from simulation.document import month_text
from simulation.errors import BadInput
from simulation.hindcast.chance import luck
from simulation.hindcast.ground import Ground, ground_of
from simulation.record import load_record
from simulation.world import load_world
from simulation.world.joint import FILE, read_joint

SMALL = 10  # draws in a part
DRAWS = 120


@pytest.fixture(scope="module")
def ground() -> Ground:
    world = load_world("northeast_asia")
    return ground_of(world, load_record(world))


def toy(noise: float, many: int = 6000) -> Bank:
    rng = luck(1, "toy")
    values = np.column_stack([rng.uniform(0, 1, many), rng.uniform(5, 7, many)])
    summaries = np.column_stack([values[:, 0] + noise * rng.standard_normal(many), rng.standard_normal(many)])
    return Bank(("a", "b"), values, summaries)


RANGES = np.array([[0.0, 1.0], [5.0, 7.0]])


def test_what_the_data_speak_of_is_learnt_and_the_rest_stays_as_it_was():
    found = Method(toy(0.05), RANGES, 300).posterior(np.array([0.3, 0.0]), luck(2, "p"))
    assert found.rows.shape == (300, 2)
    assert found.rows[:, 0].mean() == pytest.approx(0.3, abs=0.03)
    assert found.rows[:, 0].std() == pytest.approx(0.05, abs=0.025)
    assert found.rows[:, 1].mean() == pytest.approx(6.0, abs=0.12)
    assert found.rows[:, 1].std() == pytest.approx(2 / np.sqrt(12), abs=0.08)
    assert 150 < found.effective <= 300


def test_known_values_lie_in_their_middle_80_per_cent_80_per_cent_of_the_time():
    known = toy(0.2)
    method, rng = Method(known, RANGES, 300), luck(3, "p")
    inside = []
    for k in range(200):
        low, high = np.quantile(method.posterior(known.summaries[k], rng, without=k).rows, (0.1, 0.9), axis=0)
        inside.append((low <= known.values[k]) & (known.values[k] <= high))
    assert np.mean(inside) == pytest.approx(0.8, abs=0.05)


def test_no_draw_leaves_its_bounds_and_ties_are_no_trouble():
    same = toy(0.05)
    same.summaries[:4000] = 0.0
    method = Method(same, RANGES, 300)
    for at in ([0.0, 0.0], [9.0, 9.0]):
        rows = method.posterior(np.array(at), luck(4, "p")).rows
        assert (rows >= RANGES[:, 0]).all()
        assert (rows <= RANGES[:, 1]).all()


def test_summaries_by_hand(ground: Ground):
    rungs = np.zeros((1, 24, 2))
    rungs[0, 6:, 0] = 2
    rungs[0, 18:, 0] = 1
    found = of_histories(np.array([1.0, 0.0]), rungs)
    assert found.tolist() == [[1.0, 1.5, 3.0, 0.0, 0.0, 0.0]]
    assert [month_text(at.month) for at in starts(ground)] == ["2013-01", "2015-01", "2017-01"]
    record = dict(zip(names(ground), of_record(ground), strict=True))
    assert record["economic from 2015-01: moves"] == 1.0
    assert record["security from 2017-01: first year"] == 3.0


def test_nothing_after_the_training_years_enters(ground: Ground):
    last = ground.protocol.training[1]
    assert max(at.month + at.ahead - 1 for at in starts(ground)) == last


def test_mechanisms_are_learnt_and_what_belongs_to_somebody_is_not(ground: Ground):
    paths = learnt(ground.world)
    assert {"choice.precision", "agility.diplomatic", "trust.gain"} <= set(paths)
    assert not [path for path in paths if path.startswith(("regime.", "stance.", "weights.", "effort."))]


@pytest.fixture(scope="module")
def undisturbed(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small calibration that nothing interrupted."""
    folder = tmp_path_factory.mktemp("undisturbed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bank, "PART", SMALL)
        patch.setattr(calibrate, "PREDICTED", 20)
        patch.setattr(calibrate, "KNOWN", 30)
        calibrate.calibrate(ground, folder, 2, lambda *_: None, DRAWS, 110).write(folder)
    return folder


def test_a_bank_that_was_killed_goes_on_to_the_same_bytes(
    ground: Ground, undisturbed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    code = (
        "from pathlib import Path; from simulation.calibration import bank, calibrate;"
        "from simulation.hindcast.ground import ground_of; from simulation.record import load_record;"
        "from simulation.world import load_world; w = load_world('northeast_asia');"
        f"bank.PART = {SMALL}; g = ground_of(w, load_record(w));"
        f"calibrate.calibrate(g, Path({str(tmp_path)!r}), 1, lambda *_: None, {DRAWS}, 110)"
    )
    process = subprocess.Popen([sys.executable, "-c", code])
    while len(list(tmp_path.rglob("part-*.npy"))) < 3 and process.poll() is None:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    parts = len(list(tmp_path.rglob("part-*.npy")))
    assert 3 <= parts < DRAWS // SMALL
    monkeypatch.setattr(bank, "PART", SMALL)
    monkeypatch.setattr(calibrate, "PREDICTED", 20)
    monkeypatch.setattr(calibrate, "KNOWN", 30)
    calibrate.calibrate(ground, tmp_path, 2, lambda *_: None, DRAWS, 110).write(tmp_path)
    for name in (FILE, calibrate.MANIFEST):
        assert (tmp_path / name).read_bytes() == (undisturbed / name).read_bytes()


def test_what_is_written_is_read_again(ground: Ground, undisturbed: Path):
    declared = {path: ground.world.declaration(path) for path in ground.world.values}
    faults: list[object] = []
    joint = read_joint(undisturbed, ground.world.values, declared, faults)  # type: ignore[arg-type]
    assert faults == []
    assert joint is not None
    assert joint.paths == learnt(ground.world)
    assert joint.rows.shape == (110, len(joint.paths))


def test_the_priors_are_drawn_from_whatever_was_learnt_before(
    ground: Ground, undisturbed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(bank, "PART", SMALL)
    untaught = replace(ground, world=replace(ground.world, joint=None))
    found = fill(untaught, tmp_path, SMALL, 1, lambda *_: None)
    parts = sorted(undisturbed.rglob("part-*.npy"))
    assert np.array_equal(np.load(parts[0])[:, : len(found.paths)], found.values)


def test_the_shipped_posterior_is_of_these_priors(ground: Ground):
    """Where it is not, a range was edited since: `entente calibrate --install`."""
    from simulation.report.validation import manifest_of

    said = manifest_of(ground.world)
    assert said is not None
    assert tuple(said["parameters"]) == learnt(ground.world)
    for path, each in said["parameters"].items():
        value = ground.world.values[path]
        assert each["range"] == [value.low, value.value, value.high], path
    assert said["training"] == ["2012-01", "2018-12"]
    assert said["recovery"]["covered"] == pytest.approx(0.8, abs=0.03)


def test_forecasts_of_one_draw_have_a_luck_of_their_own(ground: Ground):
    simulator = bank.Simulator(ground)
    drawn = [
        set(zip(*(column.tolist() for column in plan.drawn[:2]), strict=True))
        for _, plan in simulator.forecasts
    ]
    assert len(drawn) == 3
    assert not any(one & other for k, one in enumerate(drawn) for other in drawn[:k])


def test_training_years_that_are_too_few_are_said(ground: Ground, tmp_path: Path):
    rules = replace(ground.protocol, training=(2012 * 12, 2014 * 12))
    with pytest.raises(
        BadInput, match="training years are too few: 12 months of the record, and 24 to forecast"
    ):
        calibrate.calibrate(replace(ground, protocol=rules), tmp_path, 1, lambda *_: None, DRAWS, 110)
