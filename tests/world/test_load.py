import time
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.document import month_text
from simulation.errors import BadInput, Fault
from simulation.library import seeds_folder
from simulation.parameters import BY, read_declarations
from simulation.world import EventField, World, load_world
from tests.world.damage import edit
from tests.worlds import world_texts, write_world


def test_small_world_is_read_whole(folder: Path) -> None:
    world = load_world(folder)
    assert (world.name, world.folder, world.title) == ("w", Path("w"), "A small world")
    assert month_text(world.reference) == "2020-04"
    assert world.codes == ("AAA", "BBB", "CCC") == tuple(world.countries)
    assert world.camps == (
        ("AAA", "left"),
        ("AAA", "right"),
        ("BBB", "left"),
        ("CCC", "left"),
        ("CCC", "right"),
    )
    assert [track.name for track in world.tracks] == ["diplomatic", "security", "economic"]
    assert [track.top for track in world.tracks] == [1, 5, 4]
    assert (world.sharing, world.focus) == (1, ("AAA", "BBB"))
    assert tuple(world.theories) == ("article", "quasi_alliance", "liberal")
    assert tuple(world.levels) == ("CCC",)
    assert tuple(world.levels["CCC"]) == ("calm", "low", "medium", "high", "peak")
    assert tuple(world.rungs) == (("AAA", "BBB"), ("AAA", "CCC"), ("BBB", "CCC"))
    assert tuple(world.evidence.claims) == ("E01", "E02")


def test_countries_know_government_election_and_war(folder: Path) -> None:
    country = load_world(folder).countries["AAA"]
    assert (country.code, country.name) == ("AAA", "Country AAA")
    assert country.camps == {"left": "The left of AAA", "right": "The right of AAA"}
    held = [(month_text(one.since), one.value, one.evidence) for one in country.government]
    assert held[0] == ("2019-12", "left", ("E01",))
    assert country.election is not None
    assert (month_text(country.election.first), country.election.every) == ("2019-09", 24)
    assert [(month_text(one.since), one.value) for one in country.war] == [("2021-03", 0.42)]


def test_rungs_are_dated(folder: Path) -> None:
    history = load_world(folder).rungs["AAA", "BBB"]["security"]
    assert [(month_text(one.since), one.value) for one in history] == [
        ("2020-02", 4),
        ("2020-12", 2),
        ("2026-02", 2),
    ]
    assert history[0].place.file == "w/relations.yaml"


def test_events_have_fields_and_effects(folder: Path) -> None:
    step = load_world(folder).events["rupture"]
    assert step.fields["country"] == EventField("country", "country")
    steps = step.fields["steps"]
    assert (steps.kind, steps.unit, steps.bounds) == ("number", "rungs", (0, 6))
    assert steps.value is not None
    assert (steps.value.path, steps.value.value, steps.value.high) == ("events.rupture.steps", 1, 2)
    (effect,) = step.effects
    assert (effect.kind, effect.of, effect.toward, effect.track) == ("rung", "country", "partner", "security")
    assert (effect.amount, effect.sign) == ("steps", -1)


def test_value_has_its_range_reason_and_place(folder: Path) -> None:
    edit(
        folder,
        "mechanisms.yaml",
        r"dilemma: [^\n]+",
        "dilemma: {unit: per rung share, value: 0.5, low: 0.1, "
        "high: 1, evidence: [E02, E01], assumption: why}",
    )
    value = load_world(folder).value("dilemma")
    assert (value.path, value.value, value.low, value.high) == ("dilemma", 0.5, 0.1, 1)
    assert (value.unit, value.evidence, value.assumption) == ("per rung share", ("E02", "E01"), "why")
    text = (folder / "mechanisms.yaml").read_text().splitlines()
    assert text[value.place.line - 1].startswith("  dilemma")
    with pytest.raises(FrozenInstanceError):
        value.value = 1  # type: ignore[misc]


def test_path_without_an_entry_has_the_declared_default(folder: Path) -> None:
    edit(
        folder,
        "countries.yaml",
        r"offence:\n    unit: share\n.*?  audience",
        "offence: {unit: share}\n  audience",
    )
    value = load_world(folder).value("offence.AAA")
    assert (value.value, value.low, value.high, value.unit) == (0, 0, 0, "share")
    assert (value.evidence, value.assumption) == ((), "the default of seeds/parameters.yaml")
    assert value.place.file.endswith("parameters.yaml")


def test_dyads_are_found_both_ways_and_given_either_way(folder: Path) -> None:
    edit(
        folder, "relations.yaml", r"(proximity:\n    unit: share\n    )AAA:\n      BBB", r"\1BBB:\n      AAA"
    )
    edit(folder, "relations.yaml", r"(proximity:.*?\n)    BBB:\n(      CCC)", r"\1    AAA:\n\2")
    edit(folder, "relations.yaml", r"(proximity:.*?\n)      CCC: [^\n]+\n", r"\1")
    world = load_world(folder)
    assert world.value("proximity.BBB.AAA") is world.value("proximity.AAA.BBB")
    assert world.value("proximity.AAA.BBB").path == "proximity.AAA.BBB"
    assert world.canonical("proximity.BBB.AAA") == "proximity.AAA.BBB"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "offence",
        "offence.XXX",
        "offense.AAA",
        "exposure.AAA.AAA",
        "stance.BBB.right.AAA",
        "events.step.step",
    ],
)
def test_unknown_path_is_a_key_error(folder: Path, path: str) -> None:
    world = load_world(folder)
    with pytest.raises(KeyError):
        world.value(path)
    with pytest.raises(KeyError):
        world.declaration(path)


def test_every_path_has_a_value_within_its_bounds(folder: Path) -> None:
    world = load_world(folder)
    paths = world.paths()
    assert len(paths) == len(set(paths))
    assert set(world.values) <= set(paths)
    for path in paths:
        value, declared = world.value(path), world.declaration(path)
        assert declared.low <= value.low <= value.value <= value.high <= declared.high
        assert (value.path, value.unit) == (path, declared.unit)
        assert value.evidence or value.assumption
        assert path.startswith(declared.path)


def test_paths_cover_every_kind_of_table(folder: Path) -> None:
    world = load_world(folder)
    paths = world.paths()
    assert paths[:4] == ["capability.AAA", "capability.BBB", "capability.CCC", "offence.AAA"]
    counts = dict.fromkeys(BY, 0)
    for path in paths[: -len(world.amounts)]:
        counts[world.declaration(path).by] += 1
    tables = {by: sum(one.by == by for one in world.declarations.values()) for by in BY}
    sizes = {
        "none": 1,
        "country": 3,
        "pair": 6,
        "dyad": 3,
        "camp": 5,
        "camp_country": 10,
        "track": 3,
        "term": 39,
    }
    assert counts == {by: tables[by] * sizes[by] for by in BY}
    assert paths[-len(world.amounts) :] == list(world.amounts)


def test_amounts_of_events_are_paths(folder: Path) -> None:
    world = load_world(folder)
    value, declared = world.value("events.quarrel.mistrust"), world.declaration("events.quarrel.mistrust")
    assert (value.value, value.low, value.high, value.assumption) == (0.1, 0.05, 0.2, "half of it")
    assert (declared.by, declared.unit, declared.low, declared.high) == ("event", "share", 0, 1)
    assert declared.meaning == (
        "mistrust of the event quarrel, where it is left out: "
        "the partner's trust in the country falls by `mistrust`"
    )
    assert declared.place == value.place
    assert "events.change_of_government.camp" not in world.paths()


@pytest.mark.parametrize("countries", [2, 3, 4, 5, 6])
def test_random_worlds_are_valid(tmp_path: Path, countries: int) -> None:
    @settings(max_examples=20)
    @given(st.integers(0, 2**32))
    def check(seed: int) -> None:
        world = load_world(write_world(tmp_path / "w", countries, seed))
        assert len(world.codes) == countries
        assert world.value(f"tempo.reference.{world.codes[-1]}").value > 0

    check()


def test_same_seed_makes_the_same_world(tmp_path: Path) -> None:
    assert world_texts(4, 1) == world_texts(4, 1)
    assert world_texts(4, 1) != world_texts(4, 2)
    first, again = (load_world(write_world(tmp_path / "w", 4, 1)) for _ in range(2))
    assert first == again


def test_declarations_are_complete() -> None:
    faults: list[Fault] = []
    declared = read_declarations(faults)
    assert faults == []
    assert {one.by for one in declared.values()} == set(BY)
    assert all(one.low < one.high and one.meaning for one in declared.values())
    half_life = declared["intent.half_life"]
    assert (half_life.by, half_life.unit, half_life.low, half_life.high) == ("none", "months", 0.5, 120)


# -- the world that comes with Entente ----------------------------------------


@pytest.fixture(scope="module")
def northeast_asia() -> World:
    """The world of the library."""
    return load_world("northeast_asia")


def test_library_holds_northeast_asia(northeast_asia: World) -> None:
    assert northeast_asia.codes == ("JPN", "KOR", "USA", "PRK", "CHN", "RUS")
    assert northeast_asia.focus == ("JPN", "KOR")
    assert northeast_asia.folder == seeds_folder() / "northeast_asia"
    assert load_world(northeast_asia.folder) == northeast_asia


def test_loading_is_quick(northeast_asia: World) -> None:
    times = []
    for _ in range(5):
        began = time.process_time()  # of this process alone, whatever else runs
        load_world(northeast_asia.folder)
        times.append(time.process_time() - began)
    assert min(times) < 0.5  # about 0.13 s


def test_unknown_world_is_named_with_the_nearest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "northeast_asa": 'there is no world "northeast_asa"\n  did you mean "northeast_asia"?',
        "": 'there is no world ""\n  one of: korea_japan_1969, northeast_asia, template',
        "a\0b": 'there is no world "a�b"\n  one of: korea_japan_1969, northeast_asia, template',
    }.items():
        with pytest.raises(BadInput) as caught:
            load_world(name)
        assert str(caught.value) == text


def test_world_is_found_by_name_folder_and_string(folder: Path) -> None:
    assert load_world("w") == load_world(folder) == load_world("./w")
    assert load_world(folder.resolve()).title == "A small world"
