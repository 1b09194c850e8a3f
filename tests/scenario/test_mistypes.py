"""A sample of benchmarks/mistypes.py: every mistyped word is caught, and the right one named."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from simulation.document import read_text
from simulation.errors import BadInput, Fault
from simulation.scenario import ground, layers, resolve
from simulation.world import load_world

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def benchmark(name: str) -> ModuleType:
    """A script of the folder benchmarks, as a module."""
    spec = importlib.util.spec_from_file_location(name, BENCHMARKS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def unpatched(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the benchmark replaces is put back afterwards."""
    monkeypatch.setattr(ground, "load_world", load_world)
    for module in (resolve, ground, layers):
        for name in ("find_scenario", "find_world", "leads_out", "scenario_names", "world_names"):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, getattr(module, name))


def test_a_sample_of_mistyped_words_is_caught_and_put_right(unpatched: None):
    count = benchmark("mistypes").measure(every=41)
    assert count.mistyped > 200
    assert count.missed == []
    assert count.right >= 0.95 * (count.mistyped - count.valid)
    assert count.alone == count.caught  # the key that was meant is not missing as well


def test_slips_are_deletions_swaps_and_doubles():
    assert benchmark("mistypes").slips("set") == ["et", "st", "se", "est", "ste", "sset", "seet", "sett"]
    assert benchmark("mistypes").slips("aa") == ["a", "aaa"]


def test_words_are_keys_and_names_but_no_texts():
    module, faults = benchmark("mistypes"), list[Fault]()
    file = read_text("title: A word\nthreats: {PRK: high, CHN: 3}\nfocus: [JPN]\n", "f", faults)
    assert [word.text for word in module.words_of(file)] == [
        *("title", "threats", "PRK", "high", "CHN", "focus", "JPN")
    ]


def test_fuzz_makes_the_same_inputs_again_and_counts_them():
    module = benchmark("fuzz")
    assert [module.one_input(3, n) for n in range(20)] == [module.one_input(3, n) for n in range(20)]
    assert len({module.one_input(3, n) for n in range(20)}) > 15


def test_inputs_of_each_kind_end_in_a_scenario_or_faults(unpatched: None):
    seen = benchmark("fuzz").batch(seed=7, first=0, count=120)
    assert (seen.inputs, seen.tracebacks) == (120, 0)
    assert 0 < seen.scenarios < 120


def test_a_long_scenario_is_good_and_its_faulty_twin_is_told_all(folder: Path):
    module = benchmark("checking")
    good, wrong = module.scenario_text(500), module.scenario_text(500, wrong=True)
    assert (good.count("\n"), wrong.count("\n")) == (500, 500)
    (folder / "good.yaml").write_text(good)
    (folder / "wrong.yaml").write_text(wrong)
    assert resolve.load_scenario(folder / "good.yaml").months == 240
    with pytest.raises(BadInput) as caught:
        resolve.load_scenario(folder / "wrong.yaml")
    assert len(caught.value.faults) == 490
