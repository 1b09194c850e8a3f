"""Where the names in a scenario lead."""

from pathlib import Path

import pytest

from simulation.errors import BadInput
from simulation.scenario.resolve import load_scenario
from tests.scenario.files import ROOT, child, write
from tests.worlds import write_world


def test_a_file_beside_hides_the_library():
    write("baseline", ROOT + "months: 7\n")
    child("young", "baseline")
    assert load_scenario("young").months == 7
    assert load_scenario("baseline").months == 7


def test_a_sweep_may_extend_what_lies_in_the_folder_of_scenarios(folder: Path):
    write("old", ROOT + "months: 7\n")
    child("sweeps/young", "../old")
    child("sweeps/by_name", "old")
    assert load_scenario("sweeps/young").months == 7
    assert load_scenario("sweeps/by_name").months == 7
    assert load_scenario(folder / "sweeps" / "young.yaml").months == 7


def test_names_are_found_from_a_folder_below(folder: Path, monkeypatch: pytest.MonkeyPatch):
    write("old", ROOT + "months: 7\n")
    below = folder.parent / "notes" / "june"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert load_scenario("old").months == 7


def test_a_link_out_of_the_folder_is_not_followed(folder: Path):
    outside = folder.parent / "outside.yaml"
    outside.write_text(ROOT, encoding="utf-8")
    (folder / "inside.yaml").symlink_to(outside)
    child("young", "inside")
    with pytest.raises(BadInput, match='"inside" leads out of the folder of this scenario'):
        load_scenario("young")


@pytest.mark.parametrize("name", ["..\\old", "~/old", "C:/old", "old/../../old", "x" * 300])
def test_names_that_lead_out(name: str):
    child("young", f"'{name}'")
    with pytest.raises(BadInput, match="leads out of the folder of this scenario"):
        load_scenario("young")


def test_a_world_beside_the_scenario(folder: Path):
    write_world(folder / "small", countries=3, seed=1)
    write("root", "format: 1\ntitle: Root\nworld: small\n")
    got = load_scenario("root")
    assert (got.world.name, got.world.codes, got.start) == (
        "small",
        ("AAA", "BBB", "CCC"),
        got.world.reference,
    )


def test_a_world_of_the_working_directory(folder: Path):
    write_world(folder.parent / "worlds" / "small", countries=2, seed=1)
    write("root", "format: 1\ntitle: Root\nworld: small\n")
    assert load_scenario("root").world.codes == ("AAA", "BBB")


def test_a_world_in_worlds_beside_the_scenario_is_found_from_any_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    mine = folder.parent / "mine"
    write_world(mine / "worlds" / "small", countries=2, seed=1)
    (mine / "root.yaml").write_text("format: 1\ntitle: Root\nworld: small\n", encoding="utf-8")
    elsewhere = folder.parent / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert load_scenario(mine / "root.yaml").world.codes == ("AAA", "BBB")


def test_the_faults_of_a_world_are_said_once_with_those_of_the_scenario(folder: Path):
    world = write_world(folder / "small", countries=2, seed=1)
    (world / "events.yaml").write_text("events: 3\n", encoding="utf-8")
    write("root", "format: 1\ntitle: Root\nworld: small\nmonths: 0\n")
    child("young", "root")
    with pytest.raises(BadInput) as caught:
        load_scenario("young")
    assert [str(fault.place) for fault in caught.value.faults] == [
        "scenarios/root.yaml:4:9",
        "scenarios/small/events.yaml:1:9",
    ]


def test_no_scenario_of_that_name():
    with pytest.raises(BadInput) as caught:
        load_scenario("basline")
    assert str(caught.value) == 'there is no scenario "basline"\n  did you mean "baseline"?'


def test_no_file_of_that_path():
    with pytest.raises(BadInput) as caught:
        load_scenario("scenarios/none.yaml")
    assert str(caught.value) == "there is no file scenarios/none.yaml"
