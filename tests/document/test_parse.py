import time
from pathlib import Path

import pytest

from simulation.document import (
    Mapping,
    Scalar,
    Sequence,
    read_document,
    read_text,
    read_value,
    report,
    required,
)
from simulation.document.nodes import MOST_FAULTS
from simulation.errors import BadInput, Fault
from tests.document.texts import node, read, shown

# -- reading ------------------------------------------------------------------


def test_nodes_know_text_quotes_and_place() -> None:
    mapping, faults = read("a: 1\n日本: {no: 'x', list: [on, 12:30]}\ntext: |\n  two\n  lines\n")
    assert faults == ""
    assert shown(mapping) == {"a": "1", "日本": {"no": "x", "list": ["on", "12:30"]}, "text": "two\nlines\n"}
    assert mapping is not None
    inner, text = mapping.get("日本"), mapping.get("text")
    assert isinstance(inner, Mapping)
    assert isinstance(text, Scalar)
    quoted = inner.get("no")
    assert isinstance(quoted, Scalar)
    assert (quoted.quoted, text.quoted, mapping.key("a").quoted) == (True, True, False)
    assert str(quoted.place) == "f.yaml:2:10"
    assert str(mapping.key("text").place) == "f.yaml:3:1"
    assert mapping.keys() == ("a", "日本", "text")
    assert mapping.get("b") is None
    assert mapping.whole
    with pytest.raises(KeyError):
        mapping.key("b")


def test_bytes_with_a_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    faults: list[Fault] = []
    mapping = read_document(tmp_path / "f.yaml", faults)
    assert faults == []
    assert shown(mapping) == {"a": "1", "b": "2"}
    assert mapping is not None
    assert (mapping.key("b").line, mapping.key("b").column) == (2, 1)


def test_file_is_named_from_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "f.yaml").write_text("- a\n")
    monkeypatch.chdir(tmp_path)
    faults: list[Fault] = []
    assert read_document(tmp_path / "f.yaml", faults) is None
    assert str(faults[0]) == "f.yaml:1:1: a file holds keys with values\n    - a\n    ^\n  write `key: value`"


def test_missing_file_folder_and_impossible_name_are_faults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    faults: list[Fault] = []
    Path("folder").mkdir()
    for name in ("none.yaml", "folder", "a\0b"):
        assert read_document(Path(name), faults) is None
    assert [str(fault) for fault in faults] == [
        "there is no file none.yaml",
        "folder is a folder; a file is wanted here",
        "there is no file a�b",
    ]


# -- what is refused ----------------------------------------------------------

REFUSED = {
    "": "f.yaml:1:1: the file holds nothing",
    "# nothing\n": "f.yaml:1:1: the file holds nothing\n    # nothing\n    ^",
    "word\n": "f.yaml:1:1: a file holds keys with values\n    word\n    ^\n  write `key: value`",
    "a: 1\n---\nb: 2\n": """\
f.yaml:2:1: a second document begins in this file
    ---
    ^
  delete the line ---, or make it two files""",
    "a: &x 1\nb: *x\n": """\
f.yaml:1:4: the anchor &x is not understood here
    a: &x 1
       ^
  write the value out again; a scenario builds on another by `extends`
f.yaml:2:4: the alias *x is not understood here
    b: *x
       ^
  write the value out again; a scenario builds on another by `extends`""",
    "a: 1\n<<: {b: 2}\n": """\
f.yaml:2:1: `<<` does not merge here
    <<: {b: 2}
    ^
  write the value out again; a scenario builds on another by `extends`""",
    "a: !!python/name:os.system x\n": """\
f.yaml:1:4: the tag "tag:yaml.org,2002:python/name:os.system" is not understood here
    a: !!python/name:os.system x
       ^
  leave it out: each key knows its type""",
    "日本: 1\n韓国: 2\n日本: 3\n": """\
f.yaml:3:1: the key "日本" stands twice
    日本: 3
    ^
  the first is in line 1""",
    "{日本: 1, 日本: 3}\n": """\
f.yaml:1:9: the key "日本" stands twice
    {日本: 1, 日本: 3}
              ^
  the first is in line 1""",
    "? [a, b]\n: 1\n": """\
f.yaml:1:3: a key is one word, not a list or a mapping
    ? [a, b]
      ^
  a text with brackets needs quotes""",
    "a:\n\tb: 1\n": """\
f.yaml:2:1: a tab stands here
     b: 1
    ^
  use spaces; in quotes write "\\t\"""",
    "a:\t1\nb: 2\nc:\t3\nd: '\t'\n": """\
f.yaml:1:3: a tab stands here, and in 2 more lines
    a: 1
      ^
  use spaces; in quotes write "\\t\"""",
    "a: \x00\n": "f.yaml:1:4: the character U+0000 may not stand in a file\n    a: �\n       ^\n  delete it",
    "a: \ud800\n": """\
f.yaml:1:4: the character U+D800 may not stand in a file
    a: �
       ^
  delete it""",
    "a: 1\nb: {c: 2\n": """\
f.yaml:2:4: the bracket { is not closed
    b: {c: 2
       ^
  close it with }""",
    "a: 1\nb: [c: 2\n": """\
f.yaml:2:4: the bracket [ is not closed
    b: [c: 2
       ^
  close it with ]""",
    'a: 1\nb: "c\n': """\
f.yaml:2:4: the quote " is not closed
    b: "c
       ^
  write " where the text ends""",
    "a: b: c\n": """\
f.yaml:1:5: a second colon stands in this line
    a: b: c
        ^
  a text that holds ": " needs quotes""",
    "a: @b\n": """\
f.yaml:1:4: a text cannot begin with @
    a: @b
       ^
  put it in quotes""",
    "a: 1\n b: 2\n": """\
f.yaml:2:2: this line is indented below line 1, which has its value already
     b: 2
     ^
  begin it in column 1""",
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_refused_is_said_in_full(text: str) -> None:
    assert read(text)[1] == REFUSED[text]


def test_after_a_syntax_fault_what_was_read_stands_and_nothing_counts_as_missing() -> None:
    faults: list[Fault] = []
    mapping = read_text("a: 1\nb: {c: 2, d: [3,\n  4\nf: 5\n", "f.yaml", faults)
    assert len(faults) == 1
    assert mapping is not None
    assert not mapping.whole
    assert mapping.get("a") is not None
    assert required(mapping, faults, "months") is None
    assert len(faults) == 1


def test_refused_nodes_leave_the_others_alone() -> None:
    mapping, _ = read("a: &x 1\nb: [*x, 2]\n? [k]\n: 3\n? *x\n: 4\nc: *x\nd: !t 5\na: 6\n")
    assert shown(mapping) == {"a": "1", "b": ["2"], "d": "5"}


def test_invalid_utf8_is_pointed_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("f.yaml").write_bytes("a: 1\n日: ".encode() + b"\xff\xfe")
    faults: list[Fault] = []
    assert read_document(Path("f.yaml"), faults) is None
    assert str(BadInput(faults)) == (
        "f.yaml:2:4: the byte 0xFF is not UTF-8\n    日:\n        ^\n  save the file in the encoding UTF-8"
    )


def test_file_of_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_bytes("a: 1\n".encode("utf-16"))
    faults: list[Fault] = []
    assert read_document(tmp_path / "f.yaml", faults) is None
    assert faults[0].message == "the byte 0xFF is not UTF-8"


# -- bombs --------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["a", "é", "\xff"])
def test_large_file_is_refused_unread(tmp_path: Path, ending: str) -> None:
    (tmp_path / "f.yaml").write_bytes(b"a: " + b"x" * 5_000_000 + ending.encode("latin-1"))
    faults: list[Fault] = []
    assert read_document(tmp_path / "f.yaml", faults) is None
    assert [fault.message for fault in faults] == ["the file is larger than 1,000,000 bytes"]


def test_size_is_counted_in_bytes() -> None:
    assert read("a: " + "日" * 400_000)[0] is None
    assert read("a: " + "x" * 400_000)[0] is not None


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_depth_bomb_is_refused_before_it_is_composed(opening: str) -> None:
    mapping, faults = read("key:\n " + opening * 200_000)
    assert mapping is not None
    assert "nested deeper than 40 levels" in faults


def test_forty_levels_are_read_and_one_more_is_not() -> None:
    assert read("a: " + "[" * 39 + "]" * 39)[1] == ""
    assert read("a: " + "[" * 40 + "]" * 40)[1].startswith("f.yaml:1:43: nested deeper than 40 levels")


def test_node_bomb_is_refused() -> None:
    _, faults = read("a: [" + "x," * 60_000 + "]")
    assert "more than 50,000 values and keys in one file" in faults


def test_alias_bomb_is_refused_and_quick() -> None:
    lines = ["a0: &a0 [x]"] + [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 30)]
    began = time.perf_counter()
    mapping, faults = read("\n".join(lines))
    assert time.perf_counter() - began < 5
    assert mapping is not None
    assert faults.count("the alias") == 29 * 9


def test_thousands_of_faults_are_cut_at_a_thousand() -> None:
    faults: list[Fault] = []
    at = node("x")
    for number in range(MOST_FAULTS + 500):
        report(faults, at, f"fault {number}")
    assert len(faults) == MOST_FAULTS + 1
    assert str(faults[-1]) == "1000 faults are shown, and there are more"


# -- after a fault in the syntax ----------------------------------------------

GOES_ON = {
    "a: [x\nb: 2\n": {"a": ["x b"], "b": "2"},
    "a: 'x' y\nb: 2\nc: @\nd: 4\n": {"a": "x", "b": "2", "d": "4"},
    "a 1\nb: 2\n": {"b": "2"},
    "a:1\nb: 2\n": {"b": "2"},
    'a: "x\nb: 2\n': {"b": "2"},
    "a:\n  c: 1\n d: 2\n  e: 3\nb: 2\n": {"a": {"c": "1", "d": "2", "e": "3"}, "b": "2"},
    "a:\n  c: 1\n   d:\n     e: 3\nb: 2\n": {"a": {"c": "1", "d": {"e": "3"}}, "b": "2"},
    "a:\n  - c: 1\n   d: 2\n    e: 3\nb: 2\n": {"a": [{"c": "1", "d": "2", "e": "3"}], "b": "2"},
    "a: 1\n  c: 2\nb: 2\n": {"a": "1", "c": "2", "b": "2"},
    "{a: 1\nb: 2\n": {"a": "1 b"},  # lines in brackets are no keys of the file
    "- a\nb: 2\n": None,
}


@pytest.mark.parametrize("text", GOES_ON)
def test_reading_goes_on_at_the_next_key_of_the_file(text: str) -> None:
    mapping, said = read(text)
    assert shown(mapping) == GOES_ON[text]
    assert said.startswith("f.yaml:")
    assert mapping is None or not mapping.whole


def test_what_is_read_in_another_column_keeps_its_place() -> None:
    mapping, _ = read("a:\n  c: 1\n   d: 2\n e: 3\n")
    inner = mapping.get("a") if mapping else None
    assert isinstance(inner, Mapping)
    assert [(key.text, key.line, key.column) for key, _ in inner.entries] == [
        ("c", 2, 3),
        ("d", 3, 4),
        ("e", 4, 2),
    ]


def test_a_key_that_stands_again_in_a_later_part_stands_twice() -> None:
    assert 'f.yaml:3:1: the key "a" stands twice' in read("a: 1\nb: [\na: 2\n")[1]


def test_reading_goes_on_so_often_and_no_longer() -> None:
    _, said = read("k: @\n" * 1000)
    assert said.count("a text cannot begin with @") == 20


def test_what_a_fault_made_unsure_is_not_spoken_of() -> None:
    faults: list[Fault] = []
    mapping = read_text("a: [x, y\nb: z\n", "f.yaml", faults)
    assert mapping is not None
    found = mapping.get("a")
    assert isinstance(found, Sequence)
    before = len(faults)
    report(faults, found, "too short")  # its end was not read
    report(faults, found.items[-1], "cut short")
    assert len(faults) == before
    report(faults, found.items[0], "said")
    report(faults, mapping.key("b"), "said too")
    assert [fault.message for fault in faults[before:]] == ["said", "said too"]


# -- a value by itself --------------------------------------------------------


def test_a_value_is_read_at_its_place_in_the_line() -> None:
    faults: list[Fault] = []
    found = read_value("a.b = [x, y]", 6, "--set", faults)
    assert (shown(found), faults) == (["x", "y"], [])
    assert isinstance(found, Sequence)
    assert [item.column for item in found.items] == [8, 11]
    assert read_value("a=b: c", 2, "--set", faults) is None
    assert str(faults[0]) == (
        "--set:1:4: a second colon stands in this line\n    a=b: c\n       ^\n"
        '  a text that holds ": " needs quotes'
    )
    empty = read_value("a=", 2, "--set", faults)
    assert isinstance(empty, Scalar)
    assert empty.text == ""
