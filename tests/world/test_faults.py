import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.errors import BadInput
from simulation.world import load_world
from tests.world.damage import SEED, edit, expected, faults_of
from tests.worlds import world_texts


def cases() -> dict[str, list[str]]:
    """The blocks of faulty_worlds.txt by name, in lines."""
    text = Path(__file__).with_name("faulty_worlds.txt").read_text(encoding="utf-8")
    blocks = [block.splitlines() for block in re.split(r"\n\n+", text)]
    return {name: lines for name, *lines in blocks[2:]}


CASES = cases()
TEXTS = world_texts(3, SEED)


@pytest.mark.parametrize("case", CASES)
def test_each_fault_is_said_once_at_its_place(folder: Path, case: str) -> None:
    where, replacement, *messages = CASES[case]
    file, _, pattern = where.partition(": ")
    edit(folder, file, pattern, replacement)
    wanted = expected(folder, file, messages)
    assert faults_of(folder) == wanted


def test_name_that_no_country_can_have(folder: Path) -> None:
    edit(folder, "countries.yaml", "countries:\n", "countries:\n  日本: {}\n")
    assert faults_of(folder).startswith("""\
w/countries.yaml:2:3: "日本" cannot name a country
      日本: {}
      ^
  two to eight capital letters or digits, a letter first
""")


def test_all_faults_of_all_files_come_at_once_sorted_by_place(folder: Path) -> None:
    edit(folder, "theories.yaml", "theories:", "theorys: {}\ntheories:")
    edit(folder, "countries.yaml", "every: 24", "every: 0")
    edit(folder, "countries.yaml", "level: 0.42", "level: 1.5")
    edit(folder, "events.yaml", "track: security", "track: secruity")
    edit(folder, "evidence.yaml", "source: S02", "source: S2")
    heads = [line for line in faults_of(folder).splitlines() if line.startswith("w/")]
    assert heads == [
        "w/countries.yaml:11:39: 0 is below the lowest value, 1 month",
        "w/countries.yaml:12:35: 1.5 is above the highest value, 1 level of war",
        'w/events.yaml:45:61: unknown track or field of kind track "secruity"',
        'w/evidence.yaml:3:30: unknown source "S2"',
        'w/theories.yaml:1:1: unknown key "theorys"',
    ]


@pytest.mark.parametrize("file", sorted(set(TEXTS) - {"source.yaml"}))
def test_missing_file_is_the_only_fault(folder: Path, file: str) -> None:
    (folder / file).unlink()
    assert faults_of(folder) == f"there is no file w/{file}"


@pytest.mark.parametrize("file", TEXTS)
def test_syntax_fault_brings_no_others(folder: Path, file: str) -> None:
    text = (folder / file).read_text()
    for cut in range(60, len(text), max(60, len(text) // 12)):
        (folder / file).write_text(text[:cut] + "\n@")
        found = faults_of(folder)
        assert found.count(f"w/{file}:") >= 1
        assert "missing" not in found
        assert found.count("w/") == 1, found


def test_folder_without_source_is_no_world(folder: Path) -> None:
    (folder / "source.yaml").unlink()
    assert faults_of(folder) == 'there is no world "w"\n  one of: korea_japan_1969, northeast_asia, template'


@given(st.sampled_from(sorted(TEXTS)), st.data())
def test_any_damage_is_a_fault_or_a_world(
    tmp_path_factory: pytest.TempPathFactory, file: str, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("w", numbered=True)
    text = TEXTS[file]
    begin = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(begin, min(len(text), begin + 40)))
    words = st.sampled_from(
        ["", " ", "\n", "[]", "{}", "x", "-1", "1e9", "no", "AAA", "E01", "left", ": ", "{", "&a"]
    )
    for name, each in TEXTS.items():
        (folder / name).write_text(each, encoding="utf-8")
    (folder / file).write_text(text[:begin] + data.draw(words) + text[end:], encoding="utf-8")
    shown = "a world"
    with suppress(BadInput):
        shown = load_world(folder).name
    assert shown


@pytest.mark.parametrize(
    ("file", "right", "wrong"),
    [
        ("countries.yaml", "camps:", "camsp:"),
        ("countries.yaml", "first:", "frist:"),
        ("evidence.yaml", "source:", "soruce:"),
        ("mechanisms.yaml", "low:", "lwo:"),
        ("relations.yaml", "rungs:", "rugns:"),
        ("theories.yaml", "meaning:", "meanign:"),
        ("events.yaml", "effects:", "efects:"),
    ],
)
def test_a_mistyped_key_is_read_as_it_was_meant(folder: Path, file: str, right: str, wrong: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    said = [line for line in faults_of(folder).splitlines() if line.startswith("w/")]
    assert [line.split(": ", 1)[1] for line in said] == [f'unknown key "{wrong[:-1]}"']
