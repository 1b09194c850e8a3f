import pickle
from textwrap import dedent

import pytest

from simulation.errors import (
    BadInput,
    CheckFailed,
    ClusterError,
    EntenteError,
    Fault,
    Interrupted,
    Place,
    RunsNotOk,
    StoreError,
    nearest,
    quoted,
    suggestion,
    visible,
)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (EntenteError, 1),
        (CheckFailed, 1),
        (BadInput, 2),
        (RunsNotOk, 3),
        (StoreError, 4),
        (ClusterError, 4),
        (Interrupted, 130),
    ],
)
def test_each_error_has_its_exit_code_and_the_root_catches_it(kind: type[EntenteError], code: int) -> None:
    assert kind.exit_code == code
    assert issubclass(kind, EntenteError)


def test_fault_shows_message_place_line_caret_and_hint() -> None:
    fault = Fault("unknown key", Place("w/a.yaml", 3, 7), "  JPN: naem", 'did you mean "name"?')
    assert str(fault) == dedent("""\
        w/a.yaml:3:7: unknown key
              JPN: naem
                  ^
          did you mean "name"?""")


def test_fault_without_a_place_is_its_message() -> None:
    assert str(Fault("there is no world", hint="one of: a, b")) == "there is no world\n  one of: a, b"


@pytest.mark.parametrize("line", [None, "", "   "])
def test_fault_on_nothing_shows_no_caret(line: str | None) -> None:
    assert (
        str(Fault("the file holds nothing", Place("a.yaml", 1, 1), line))
        == "a.yaml:1:1: the file holds nothing"
    )


@pytest.mark.parametrize(
    ("line", "column", "caret"),
    [
        ("日本: x", 5, "      ^"),  # two wide characters take four columns
        ("e\u0301: x", 5, "   ^"),  # an accent of its own takes none
        ("\ta: x", 5, "    ^"),  # a tab is shown as one space
        ("🚀: x", 4, "    ^"),
        ("ab", 9, "  ^"),  # past the end
    ],
)
def test_caret_stands_under_its_character(line: str, column: int, caret: str) -> None:
    assert str(Fault("m", Place("f", 1, column), line)).splitlines()[2] == "    " + caret


def test_long_line_is_cut_around_the_caret() -> None:
    line = "a" * 200 + "X" + "b" * 200
    _, shown, caret = str(Fault("m", Place("f", 1, 201), line)).splitlines()
    assert shown == "    …" + "a" * 60 + "X" + "b" * 39 + "…"
    assert shown[caret.index("^")] == "X"


def test_control_characters_reach_no_terminal() -> None:
    fault = str(Fault("m", Place("f\x1b[2J", 1, 3), "a \x1b[31m\u202e\ud800", None))
    assert fault == "f�[2J:1:3: m\n    a �[31m��\n      ^"


def test_faults_are_sorted_by_place_and_said_once() -> None:
    last, first = Fault("b", Place("a.yaml", 10, 1)), Fault("b", Place("a.yaml", 9, 20))
    nowhere, other = Fault("z"), Fault("a", Place("b.yaml", 1, 1))
    error = BadInput([other, last, first, nowhere, last])
    assert error.faults == (nowhere, first, last, other)
    assert str(error) == "z\na.yaml:9:20: b\na.yaml:10:1: b\nb.yaml:1:1: a"


def test_bad_input_survives_pickling() -> None:
    error = BadInput([Fault("m", Place("f", 1, 1), "x", "h")])
    again = pickle.loads(pickle.dumps(error))
    assert again.faults == error.faults
    assert str(again) == str(error)


@pytest.mark.parametrize(
    ("word", "near"),
    [("jpn", "JPN"), ("JNP", "JPN"), ("KRO", "KOR"), ("xyz", None), ("", None), ("J" * 100_000, None)],
)
def test_nearest_word(word: str, near: str | None) -> None:
    assert nearest(word, ["KOR", "JPN"]) == near


@pytest.mark.parametrize(
    ("word", "valid", "near"),
    [
        ("seet", ["sent", "set"], "set"),  # a letter twice is the likelier slip
        ("form", ["for", "from"], "from"),  # and so are two that changed places
        ("US", ["RUS", "USA"], "USA"),  # of equals the one that begins alike
        ("commitment.US.KOR", ["commitment.RUS.KOR", "commitment.USA.KOR"], "commitment.USA.KOR"),
        ("thraets", ["theory", "threats"], "threats"),
        ("abcdef", ["abxyef", "abxxef"], "abxyef"),
        ("abcdef", ["axyzef"], None),  # three of six letters
        ("x", ["y"], None),
        ("ab", ["ab" + "c" * 60], None),
    ],
)
def test_nearest_word_by_slips_of_the_fingers(word: str, valid: list[str], near: str | None) -> None:
    assert nearest(word, valid) == near


def test_of_equally_near_words_a_preferred_one_is_taken() -> None:
    assert nearest("t", ["at", "to"]) == "to"
    assert nearest("t", ["at", "to"], prefer=["at"]) == "at"
    assert nearest("too", ["to", "toe"], prefer=["toe"]) == "to"  # nearer all the same


def test_a_part_of_a_word_is_near_it() -> None:
    assert suggestion("ruling", ["court_ruling", "high_court_ruling"]) == 'did you mean "court_ruling"?'
    assert suggestion("months_in_all", ["month", "runs"]) == 'did you mean "month"?'
    assert suggestion("rul", ["court_ruling"]) == "one of: court_ruling"


def test_suggestion_lists_few_words_and_not_many() -> None:
    assert suggestion("x", ["one", "two"]) == "one of: one, two"
    assert suggestion("x", [f"word{i}" for i in range(13)]) is None
    assert suggestion("x", []) is None


def test_quoted_text_is_cut_and_visible() -> None:
    assert quoted("a\nb") == '"a�b"'
    assert quoted("x" * 61) == '"' + "x" * 59 + '…"'
    assert visible("日本 é") == "日本 é"
