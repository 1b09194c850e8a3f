"""The worlds of the library: every number has its evidence, every piece of evidence its number."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import yaml

from simulation.library import seeds_folder
from simulation.parameters import Declaration, read_declarations
from simulation.world import World, load_world
from simulation.world.whole import TERMS

WORLDS = ("northeast_asia", "korea_japan_1969")
FILES = ("source", "evidence", "countries", "relations", "mechanisms", "theories", "events")
TRACKS = ("diplomatic", "security", "economic")
NEVER_GOVERNED = {("korea_japan_1969", "KOR"): {"opposition"}}  # for scenarios that let it


@cache
def written(world: str) -> dict[str, Any]:
    folder = seeds_folder() / world
    return {name: yaml.safe_load((folder / f"{name}.yaml").read_text(encoding="utf-8")) for name in FILES}


@pytest.fixture(scope="module", params=WORLDS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def documents(name: str) -> dict[str, Any]:
    return written(name)


@pytest.fixture(scope="module")
def claims(documents: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = documents["evidence"]["evidence"]
    return found


@pytest.fixture(scope="module")
def world(name: str) -> World:
    return load_world(name)


@pytest.fixture(scope="module")
def declarations() -> dict[str, Declaration]:
    return read_declarations([])


def mappings(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every mapping below a node with its dotted path."""
    if isinstance(node, dict):
        yield path, node
        for key, below in node.items():
            yield from mappings(below, f"{path}.{key}")
    elif isinstance(node, list):
        for at, below in enumerate(node):
            yield from mappings(below, f"{path}[{at}]")


def facts(documents: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [found for name in FILES[2:] for found in mappings(documents[name], name)]


def cited(documents: dict[str, Any]) -> dict[str, list[str]]:
    """Where each claim is used."""
    used: dict[str, list[str]] = {}
    for path, node in facts(documents):
        for key in node.get("evidence", ()):
            used.setdefault(key, []).append(path)
    return used


def test_every_evidence_id_resolves(documents: dict[str, Any], claims: dict[str, Any]) -> None:
    unknown = {key: where for key, where in cited(documents).items() if key not in claims}
    assert unknown == {}


def test_every_claim_is_used_or_says_why_not(documents: dict[str, Any], claims: dict[str, Any]) -> None:
    used = cited(documents)
    idle = [key for key, claim in claims.items() if key not in used and "context" not in claim]
    both = [key for key, claim in claims.items() if key in used and "context" in claim]
    assert (idle, both) == ([], [])


def test_every_source_resolves_and_is_used(documents: dict[str, Any], claims: dict[str, Any]) -> None:
    assert {claim["source"] for claim in claims.values()} == set(documents["source"]["sources"])


def test_the_article_gives_at_least_35_claims() -> None:
    documents = written("northeast_asia")
    claims = documents["evidence"]["evidence"]
    kinds = {key: source["kind"] for key, source in documents["source"]["sources"].items()}
    article = {key: claim for key, claim in claims.items() if kinds[claim["source"]] == "article"}
    assert len(article) >= 35
    assert {claim["paragraph"] for claim in article.values()} == {1, 2, 3, 4, 5, 6}
    assert all("paragraph" not in claim for key, claim in claims.items() if key not in article)


def test_claims_that_differ_name_each_other(claims: dict[str, Any]) -> None:
    for key, claim in claims.items():
        for other in claim.get("differs", ()):
            assert key in claims[other]["differs"], (key, other)


def test_no_two_claims_say_the_same(claims: dict[str, Any]) -> None:
    assert len({claim["claim"] for claim in claims.values()}) == len(claims)


def test_every_number_has_a_range_and_one_reason(documents: dict[str, Any]) -> None:
    for path, node in facts(documents):
        if isinstance(node.get("low"), int | float):
            assert node["low"] <= node["value"] <= node["high"], path
            assert ("evidence" in node) != ("assumption" in node), path


def test_an_assumption_gives_its_reason(documents: dict[str, Any]) -> None:
    for path, node in facts(documents):
        if "assumption" in node:
            assert len(node["assumption"].split()) >= 5, (path, node["assumption"])


def test_values_lie_within_declared_bounds(world: World, declarations: dict[str, Declaration]) -> None:
    for path, value in world.values.items():
        name = max((known for known in declarations if f"{path}.".startswith(f"{known}.")), key=len)
        declared = declarations[name]
        assert declared.low <= value.low <= value.value <= value.high <= declared.high, path
        assert value.unit == declared.unit, path


def test_every_declared_parameter_has_a_value_in_the_world(
    world: World, declarations: dict[str, Declaration]
) -> None:
    idle = [
        name for name in declarations if not any(f"{path}.".startswith(f"{name}.") for path in world.values)
    ]
    assert idle == []


def test_the_world_has_the_order_of_its_slots() -> None:
    world = load_world("northeast_asia")
    assert world.codes == ("JPN", "KOR", "USA", "PRK", "CHN", "RUS")
    assert tuple(track.name for track in world.tracks) == TRACKS
    assert world.focus == ("JPN", "KOR")
    assert world.sharing == 3


def test_every_dyad_has_a_rung_on_every_track_before_the_reference(
    documents: dict[str, Any], world: World
) -> None:
    stated, year = documents["relations"]["rungs"], before(documents)
    dyads = {frozenset((one, other)) for one, rows in stated.items() for other in rows}
    assert len(dyads) == len(world.codes) * (len(world.codes) - 1) // 2
    for path, node in mappings(stated):
        for track in TRACKS:
            if track in node:
                months = [entry["since"] for entry in node[track]]
                assert months == sorted(set(months)), (path, track)
                assert months[0] <= year, (path, track)


def before(documents: dict[str, Any]) -> str:
    """The January a year and more before the month of reference, from which scenarios may start."""
    return f"{int(documents['source']['reference'][:4]) - 1}-01"


def test_every_government_reaches_back_before_the_reference(name: str, documents: dict[str, Any]) -> None:
    for code, country in documents["countries"]["countries"].items():
        months = [entry["since"] for entry in country["government"]]
        assert months == sorted(set(months)), code
        assert months[0] <= before(documents), code
        governed = {entry["camp"] for entry in country["government"]}
        assert set(country["camps"]) - governed == NEVER_GOVERNED.get((name, code), set()), code


def test_mid_2023_leaves_head_room_between_tokyo_and_seoul() -> None:
    pair = written("northeast_asia")["relations"]["rungs"]["JPN"]["KOR"]
    held = {
        track: [entry["rung"] for entry in pair[track] if entry["since"] <= "2023-06"][-1] for track in TRACKS
    }
    assert held == {"diplomatic": 5, "security": 3, "economic": 2}


def test_named_levels_of_threat_rise(documents: dict[str, Any]) -> None:
    for code, levels in documents["countries"]["threats"].items():
        tempos = [levels[name]["value"] for name in ("calm", "low", "medium", "high", "peak")]
        assert tempos == sorted(set(tempos)), code


def test_theories_weigh_known_terms_and_never_below_zero(documents: dict[str, Any]) -> None:
    weights = documents["theories"]["parameters"]["weights"]
    for theory in documents["theories"]["theories"]:
        assert set(weights[theory]) <= set(TERMS)
        assert all(weight["low"] >= 0 for weight in weights[theory].values())
