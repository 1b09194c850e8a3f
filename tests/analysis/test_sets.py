"""Sets by hand: what each result stands beside, and in which order."""

import pytest

from simulation.analysis.sets import entries, entry
from simulation.results.store import Result
from tests.analysis.frames import result_of


def held(name: str, mine: list[float], theirs: list[float] | None) -> Result:
    """A result of that name, whose world has the one track that the made-up tables know."""
    result = result_of(mine, theirs)
    result.cases["variant"] = ""
    result.cases.loc[0, "name"], result.cases.loc[0, "title"] = name, f"The {name}"
    result.manifest["world"]["rungs"] = {"security": ["none", "all"]}
    return result


def test_each_stands_beside_its_parent_and_the_greatest_rise_comes_first():
    found = entries([held("a", [1.0, 2.0], [2.0, 3.0]), held("b", [5.0, 6.0], [2.0, 3.0])])
    assert [(one.name, one.title, one.index.mean, one.index.against) for one in found] == [
        ("b", "The b", 3.0, "parent"),
        ("a", "The a", -1.0, "parent"),
    ]
    assert found[0].tracks["security"].mean == 0.0


def test_a_root_stands_beside_the_first_root_which_has_no_row_itself():
    child = held("c", [0.0, 0.0], [2.0, 2.0])
    found = entries([child, held("a", [1.0, 2.0], None), held("b", [5.0, 7.0], None)])
    assert [(one.name, one.index.mean, one.index.against) for one in found] == [
        ("b", 4.5, "a"),
        ("c", -2.0, "parent"),
    ]


def test_runs_that_both_have_are_paired():
    other = held("more", [1.0, 2.0, 9.0], None)
    found = entry(held("few", [2.0, 4.0], None), other).index
    assert (found.mean, found.runs, found.paired) == (1.5, 2, True)


def test_variants_of_one_file_go_by_their_own_names():
    results = [held("file+low", [1.0], [2.0]), held("file+high", [4.0], [2.0])]
    for one, variant in zip(results, ("low", "high"), strict=True):
        one.cases.loc[0, "variant"] = variant
    assert [(one.name, one.title) for one in entries(results)] == [("file+high", "high"), ("file+low", "low")]
    assert entries([*results, held("b", [1.0], [9.0])])[0].title == "The file+high"


def test_what_ends_at_another_time_is_not_compared_and_comes_last():
    first, late, own = held("a", [1.0], None), held("late", [9.0], None), held("c", [0.0], [5.0])
    late.cases.loc[0, "months"], late.cases.loc[0, "end"] = 12, "2024-05"
    found = entries([first, late, own])
    assert [one.name for one in found] == ["c", "late"]
    assert found[1].index.verdict == "not comparable: a ends in 2028-05"
    assert not found[1].known


def test_a_name_and_title_may_be_given():
    found = entry(held("a", [1.0], None), None, "liberal", "Liberalism")
    assert (found.name, found.title, found.index.against) == ("liberal", "Liberalism", "the start")
    assert found.index.mean == pytest.approx(-59.0)
