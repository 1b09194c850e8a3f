"""The shipped ranks of parameters: readable, of parameters that are there, and told by explain."""

from simulation.describe.explanation import explain
from simulation.describe.ranks import rank_of, ranks
from simulation.scenario.resolve import load_scenario


def test_every_rank_is_of_an_uncertain_parameter_of_its_world() -> None:
    world = load_scenario("baseline").world
    found = ranks()
    assert {one.world for one in found} == {world.name}
    assert [one.rank for one in found] == list(range(1, len(found) + 1))
    assert len({one.path for one in found}) == len(found) == found[0].of > 300
    every = world.values | world.amounts
    assert [one.path for one in found if not every[one.path].low < every[one.path].high] == []
    assert all(one.low <= one.total <= one.high for one in found)
    assert [one.total for one in found] == sorted((one.total for one in found), reverse=True)


def test_explain_tells_the_rank() -> None:
    scenario, rank = load_scenario("baseline"), rank_of("northeast_asia", "choice.pace")
    assert rank is not None
    assert explain(scenario, "choice.pace").rank == rank
    assert str(rank).startswith(f"Number {rank.rank} of {rank.of} by sensitivity in baseline: ")
    assert rank_of("northeast_asia", "weights.liberal.trust") is None
