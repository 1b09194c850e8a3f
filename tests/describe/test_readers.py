"""Which functions of the model read what."""

import ast

from simulation.describe.readers import HELD, functions_of, model_files, readers_of, readers_of_key
from simulation.scenario.schema import NAMES


def test_a_parameter_with_the_rule_it_is_handed_to():
    commit, lay = readers_of("Parameters", "commitment")
    assert (commit.name, commit.evidence) == ("behaviours.commit", ("E44", "R68", "R70"))
    assert commit.says.startswith("A patron's commitments move toward what its camp keeps")
    assert [rule.name for rule in commit.passes] == ["patronage.commitment_level"]
    assert commit.passes[0].evidence == ("E44", "R33", "R70", "R71")
    assert (lay.name, lay.evidence) == ("opening.lay_patron", ())


def test_a_driver_is_read_where_the_state_holds_it_and_not_where_it_is_written():
    readers = {reader.name for reader in readers_of_key("threats")}
    assert "behaviours.provoke" in readers
    assert "happening.happen" not in readers
    assert [reader.name for reader in readers_of_key("background")] == ["happening.shocks"]
    assert readers_of_key("months") == ()


def test_every_key_that_the_model_holds_is_a_key_and_has_a_reader():
    assert set(HELD) <= set(NAMES)
    assert all(readers_of(*held) for held in HELD.values())


def test_a_reader_is_found_by_its_name_because_no_two_functions_share_one():
    names = [name for source in model_files() for name in functions_of(source)]
    assert len(names) == len(set(names))


def test_what_nobody_reads_has_no_reader():
    assert readers_of("Parameters", "nothing_of_the_kind") == ()
    assert all(isinstance(one, ast.FunctionDef) for one in functions_of(model_files()[0]).values())
