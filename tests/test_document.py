import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from simulation.document import (
    Mapping,
    Node,
    Scalar,
    Sequence,
    as_bool,
    as_int,
    as_mapping,
    as_month,
    as_name,
    as_number,
    as_sequence,
    as_text,
    check_keys,
    month_text,
    number_text,
    parse,
    read_document,
    read_text,
    report,
    required,
)
from simulation.document.nodes import MOST_FAULTS
from simulation.errors import BadInput, Fault

READERS = (as_text, as_int, as_number, as_month, as_bool, as_mapping, as_sequence)


def read(text: str) -> tuple[Mapping | None, str]:
    """What is read of the text, and its faults as they are shown."""
    faults: list[Fault] = []
    return read_text(text, "f.yaml", faults), str(BadInput(faults))


def node(text: str) -> Node:
    """The node that this text is as a value."""
    faults: list[Fault] = []
    mapping = read_text(f"key: {text}\n", "f.yaml", faults)
    assert mapping is not None
    assert faults == []
    found = mapping.get("key")
    assert found is not None
    return found


def shown(mapping: Node | None) -> object:
    """A node as plain data."""
    if isinstance(mapping, Mapping):
        return {key.text: shown(value) for key, value in mapping.entries}
    if isinstance(mapping, Sequence):
        return [shown(item) for item in mapping.items]
    return None if mapping is None else mapping.text


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
f.yaml:3:1: not YAML: did not find expected ',' or '}'
  close the { of line 2 with }""",
    "a: 1\nb: [c: 2\n": """\
f.yaml:3:1: not YAML: did not find expected ',' or ']'
  close the [ of line 2 with ]""",
    'a: 1\nb: "c\n': "f.yaml:3:1: not YAML: found unexpected end of stream\n  close the quote of line 2",
    "a: b: c\n": """\
f.yaml:1:5: not YAML: mapping values are not allowed in this context
    a: b: c
        ^
  a text that holds ": " needs quotes""",
    "a: @b\n": """\
f.yaml:1:4: not YAML: found character that cannot start any token
    a: @b
       ^
  a text that begins with @ needs quotes""",
    "a: 1\n b: 2\n": """\
f.yaml:2:3: not YAML: mapping values are not allowed in this context
     b: 2
      ^
  a text that holds ": " needs quotes""",
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


# -- values -------------------------------------------------------------------


def fault_of(reader: object, *arguments: object, **keywords: object) -> str:
    """Message and hint of the one fault that a reader adds; it must return None."""
    faults: list[Fault] = []
    assert callable(reader)
    first, *rest = arguments
    assert reader(first, faults, *rest, **keywords) is None
    (fault,) = faults
    return fault.message if fault.hint is None else f"{fault.message} | {fault.hint}"


@pytest.mark.parametrize(
    ("text", "value"),
    [("0", 0), ("-0.5", -0.5), ("12.25", 12.25), ("1e3", 1000), ("2.5E-2", 0.025), ("1e+2", 100)],
)
def test_numbers_are_decimal(text: str, value: float) -> None:
    faults: list[Fault] = []
    assert as_number(node(text), faults) == value
    assert faults == []


TRAPS = {
    "no": '"no" is not a number (share)',
    "on": '"on" is not a number (share)',
    "12:30": '"12:30" is not a number (share)',
    "010": '"010" is not a number (share) | write 10',
    "0x1F": '"0x1F" is not a number (share) | write it in decimals: 31',
    "0o17": '"0o17" is not a number (share) | write it in decimals: 15',
    "1_000": '"1_000" is not a number (share) | write 1000',
    ".inf": '".inf" is not a number (share) | a number is finite',
    "-.INF": '"-.INF" is not a number (share) | a number is finite',
    ".nan": '".nan" is not a number (share) | a number is finite',
    "1e999": '"1e999" is not a number (share) | it is too large',
    ".5": '".5" is not a number (share) | write 0.5',
    "5.": '"5." is not a number (share) | write 5.0',
    "+5": '"+5" is not a number (share) | write 5',
    "1,5": '"1,5" is not a number (share)',
    "٣": '"٣" is not a number (share)',
    "50%": '"50%" is not a number (share)',
    '"0.5"': '"0.5" is a text; a number (share) is wanted here | drop the quotes',
    "'half'": '"half" is a text; a number (share) is wanted here',
    "": "a number (share) is missing here",
    "~": "a number (share) is missing here",
    "null": "a number (share) is missing here",
    "[1]": "a number (share) is wanted here, and a list stands here",
    "{a: 1}": "a number (share) is wanted here, and a mapping stands here",
    "1.1": "1.1 is above the highest value, 1 share | from 0 to 1 share",
    "-0.1": "-0.1 is below the lowest value, 0 share | from 0 to 1 share",
    "1" * 41: f'"{"1" * 41}" is not a number (share) | write at most 40 characters',
}


@pytest.mark.parametrize("text", TRAPS)
def test_nothing_else_is_a_number(text: str) -> None:
    assert fault_of(as_number, node(text), 0, 1, "share") == TRAPS[text]


def test_one_bound_alone_is_named() -> None:
    assert fault_of(as_number, node("-1"), 0) == "-1 is below the lowest value, 0"
    assert fault_of(as_int, node("9"), None, 6, "rung") == "9 is above the highest value, 6 rung"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1e3", '"1e3" is not a whole number (months) | write 1000'),
        ("60.0", '"60.0" is not a whole number (months) | write 60'),
        ("2.5", '"2.5" is not a whole number (months)'),
        ("1_000", '"1_000" is not a whole number (months) | write 1000'),
        ("0", "0 is below the lowest value, 1 months | from 1 to 1200 months"),
        ("9" * 5000, f'"{"9" * 59}…" is not a whole number (months) | write at most 40 characters'),
        ("sixty", '"sixty" is not a whole number (months)'),
    ],
)
def test_whole_numbers(text: str, message: str) -> None:
    assert fault_of(as_int, node(text), 1, 1200, "months") == message


def test_whole_number_is_an_int() -> None:
    faults: list[Fault] = []
    assert as_int(node("60"), faults, 1, 1200) == 60
    assert as_int(node("9223372036854775807"), faults) == 2**63 - 1
    assert faults == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2023", '"2023" is not a month | write a month as YYYY-MM, such as 2023-06'),
        ("2023-13", '"2023-13" is not a month | write a month as YYYY-MM, such as 2023-06'),
        ("2023-6", '"2023-6" is not a month | write 2023-06'),
        ("2023-06-01", '"2023-06-01" is not a month | write 2023-06'),
        ("2023/06", '"2023/06" is not a month | write 2023-06'),
        ("June", '"June" is not a month | write a month as YYYY-MM, such as 2023-06'),
        ("[1]", "a month is wanted here, and a list stands here"),
    ],
)
def test_what_is_no_month(text: str, message: str) -> None:
    assert fault_of(as_month, node(text)) == message


@given(st.integers(1000 * 12, 9999 * 12 + 11), st.booleans())
def test_months_are_read_as_they_are_written(month: int, quotes: bool) -> None:
    faults: list[Fault] = []
    text = month_text(month)
    assert as_month(node(f'"{text}"' if quotes else text), faults) == month
    assert faults == []


def test_only_true_and_false_are_true_and_false() -> None:
    faults: list[Fault] = []
    assert (as_bool(node("true"), faults), as_bool(node("false"), faults)) == (True, False)
    assert faults == []
    assert fault_of(as_bool, node("on")) == '"on" is neither true nor false | write true'
    assert fault_of(as_bool, node("No")) == '"No" is neither true nor false | write false'
    assert fault_of(as_bool, node('"true"')) == '"true" is neither true nor false | write true'
    assert fault_of(as_bool, node("1")) == '"1" is neither true nor false | write true or false'
    assert fault_of(as_bool, node("{}")) == "true or false is wanted here, and a mapping stands here"


def test_texts_keep_what_stands_there() -> None:
    faults: list[Fault] = []
    assert [as_text(node(text), faults) for text in ("no", "12:30", "010", '"null"', "日本")] == [
        "no",
        "12:30",
        "010",
        "null",
        "日本",
    ]
    assert faults == []
    assert (
        fault_of(as_text, node("")) == "a text is missing here | leave the key out if there is nothing to say"
    )
    assert (
        fault_of(as_text, node("~"))
        == "a text is missing here | leave the key out if there is nothing to say"
    )
    assert fault_of(as_text, node(r'"\e[2J"')) == "the character U+001B may not stand in a text | delete it"
    assert fault_of(as_text, node("[]")) == "a text is wanted here, and a list stands here"


def test_names_are_among_the_valid() -> None:
    faults: list[Fault] = []
    assert as_name(node("JPN"), faults, ["JPN", "KOR"], "country") == "JPN"
    assert faults == []
    assert (
        fault_of(as_name, node("JNP"), ["JPN", "KOR"], "country")
        == 'unknown country "JNP" | did you mean "JPN"?'
    )
    assert fault_of(as_name, node("X"), ["JPN", "KOR"], "country") == 'unknown country "X" | one of: JPN, KOR'
    assert (
        fault_of(as_name, node(""), ["JPN"], "country")
        == "the name of a country is missing here | one of: JPN"
    )
    assert fault_of(as_name, node("[]"), ["JPN"], "country") == (
        "the name of a country is wanted here, and a list stands here"
    )


def test_collections_say_what_is_wanted() -> None:
    assert (
        fault_of(as_mapping, node("x"), "a profile")
        == "a profile is wanted here, and a single word stands here"
    )
    assert fault_of(as_sequence, node(""), "a list") == "a list is wanted here, and nothing stands here"


def test_unknown_and_missing_keys() -> None:
    mapping, _ = read("titel: x\nother: y\n")
    assert mapping is not None
    faults: list[Fault] = []
    check_keys(mapping, faults, ("title", "months"))
    assert required(mapping, faults, "months") is None
    assert (
        str(BadInput(faults))
        == """\
f.yaml:1:1: the key "months" is missing
    titel: x
    ^
f.yaml:1:1: unknown key "titel"
    titel: x
    ^
  did you mean "title"?
f.yaml:2:1: unknown key "other"
    other: y
    ^
  one of: title, months"""
    )


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_are_written_as_they_are_read(value: float) -> None:
    faults: list[Fault] = []
    assert as_number(node(number_text(value)), faults) == value
    assert faults == []


# -- anything at all ----------------------------------------------------------

# Fragments that meet in ways no one would write.
SIGNS = "[]{}:,-?#&*!|>%@`\"'\\ \n\t\0\x85\u2028\ufeff~<0x.e"
WORDS = (
    *(": ", "- ", "\n  ", "---\n", "...\n", "<<: ", "&a ", "*a", "!!", "|2\n", ">-\n", "%YAML 9.9\n"),
    *('"\\ud800"', '"\\U00110000"', "日本", "e\u0301", "\U0001f680", "2023-06", "1e3", "null"),
)
PIECES = st.sampled_from([*SIGNS, *WORDS])


@pytest.fixture(params=["C", "Python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both parsers, one after the other."""
    if request.param == "Python":
        monkeypatch.setattr(parse, "LOADER", yaml.SafeLoader)


def use(mapping: Node | None, faults: list[Fault]) -> None:
    """Ask every reader about every node."""
    if mapping is None:
        return
    for reader in READERS:
        reader(mapping, faults)
    as_number(mapping, faults, 0, 1, "share")
    as_name(mapping, faults, ["JPN", "KOR"], "country")
    if isinstance(mapping, Mapping):
        check_keys(mapping, faults, ("title", "months"))
        required(mapping, faults, "title")
    below = mapping.items if isinstance(mapping, Sequence) else ()
    for each in (
        [each for pair in mapping.entries for each in pair] if isinstance(mapping, Mapping) else below
    ):
        use(each, faults)


@pytest.mark.usefixtures("parser")
def test_any_bytes_give_a_mapping_or_a_fault(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "f.yaml"

    @given(st.binary(max_size=200) | st.lists(PIECES, max_size=60).map(lambda p: "".join(p).encode()))
    def check(data: bytes) -> None:
        path.write_bytes(data)
        faults: list[Fault] = []
        mapping = read_document(path, faults)
        assert mapping is not None or faults
        if mapping is not None:
            assert faults or mapping.whole
        use(mapping, faults)
        assert "\x1b" not in str(BadInput(faults))
        str(BadInput(faults)).encode("utf-8")

    check()


@pytest.mark.usefixtures("parser")
@given(st.text(max_size=100) | st.lists(PIECES, max_size=60).map("".join))
def test_any_text_gives_a_mapping_or_a_fault(text: str) -> None:
    faults: list[Fault] = []
    mapping = read_text(text, "f.yaml", faults)
    assert mapping is not None or faults
    use(mapping, faults)


def test_what_can_be_read_is_what_the_library_reads() -> None:
    @given(
        st.recursive(
            st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=8),
            lambda inner: (
                st.lists(inner, max_size=4)
                | st.dictionaries(st.text("abcdef", min_size=1, max_size=5), inner, max_size=4)
            ),
            max_leaves=20,
        )
    )
    def check(value: object) -> None:
        faults: list[Fault] = []
        text = yaml.safe_dump({"key": value}, allow_unicode=True, default_flow_style=None)
        if "&" in text.split('"')[0] and "*" in text:
            return  # the same object twice is written as an alias
        mapping = read_text(text, "f.yaml", faults)
        assert faults == []
        assert shown(mapping) == {"key": value}

    check()
