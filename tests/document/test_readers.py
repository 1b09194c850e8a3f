import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.document import (
    as_bool,
    as_int,
    as_mapping,
    as_month,
    as_name,
    as_number,
    as_sequence,
    as_text,
    check_keys,
    counted,
    mended,
    month_text,
    number_text,
    required,
    unit_text,
)
from simulation.errors import BadInput, Fault
from tests.document.texts import node, read


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
    "010": '"010" is not a number (share) | from 0 to 1',
    "0x1F": '"0x1F" is not a number (share) | from 0 to 1',
    "0o17": '"0o17" is not a number (share) | from 0 to 1',
    "1_000": '"1_000" is not a number (share) | from 0 to 1',
    ".inf": '".inf" is not a number (share) | a number is finite',
    "-.INF": '"-.INF" is not a number (share) | a number is finite',
    ".nan": '".nan" is not a number (share) | a number is finite',
    "1e999": '"1e999" is not a number (share) | it is too large',
    ".5": '".5" is not a number (share) | write 0.5',
    "5.": '"5." is not a number (share) | from 0 to 1',
    "+5": '"+5" is not a number (share) | from 0 to 1',
    "1,5": '"1,5" is not a number (share) | from 0 to 1',
    "٣": '"٣" is not a number (share)',
    "50%": '"50%" is not a number (share) | write 0.5',
    '"0.5"': '"0.5" is a text; a number (share) is wanted here | drop the quotes',
    "'half'": '"half" is a text; a number (share) is wanted here',
    "": "a number (share) is missing here",
    "~": "a number (share) is missing here",
    "null": "a number (share) is missing here",
    "[1]": "a number (share) is wanted here, and a list stands here",
    "{a: 1}": "a number (share) is wanted here, and a mapping stands here",
    "1.1": "1.1 is above the highest value, 1 | from 0 to 1",
    "-0.1": "-0.1 is below the lowest value, 0 | from 0 to 1",
    "1" * 41: f'"{"1" * 41}" is not a number (share) | write at most 40 characters',
}


SPELLINGS = {
    "010": "write 10",
    "0x1F": "write it in decimals: 31",
    "0o17": "write it in decimals: 15",
    "1_000": "write 1000",
    "5.": "write 5.0",
    "+5": "write 5",
    "1,5": "write 1.5",
    "1,000": "write 1000: nothing parts the thousands",
    "50%": "write the number alone: 50",
    "12 acts": "write the number alone: 12",
}


@pytest.mark.parametrize("text", SPELLINGS)
def test_a_number_is_proposed_where_it_would_be_taken_and_only_there(text: str) -> None:
    hint = SPELLINGS[text]
    assert fault_of(as_number, node(text), 0, 1000, "acts").endswith(f" | {hint}")
    assert fault_of(as_number, node(text)).endswith(f" | {hint}")
    assert fault_of(as_number, node(text), 0, 1.2, "acts").endswith(" | from 0 to 1.2 acts")
    assert fault_of(as_number, node(text), None, 1.2, "acts").endswith('" is not a number (acts)')


def test_quotes_are_to_be_dropped_where_the_number_within_would_be_taken() -> None:
    said = '"12" is a text; a whole number (months) is wanted here'
    assert fault_of(as_int, node("'12'"), 1, 60, "months") == f"{said} | drop the quotes"
    assert fault_of(as_int, node("'12'"), 1, 6, "months") == f"{said} | from 1 to 6 months"
    assert (
        fault_of(as_int, node("'1.2'"), 1, 6)
        == '"1.2" is a text; a whole number is wanted here | from 1 to 6'
    )


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
        ("0", "0 is below the lowest value, 1 month | from 1 to 1200 months"),
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


def test_mistyped_keys_are_read_as_they_were_meant() -> None:
    mapping, _ = read("tilte: x\nmonths: 1\nmonhts: 2\nother: 3\n")
    assert mapping is not None
    meant = mended(mapping, ("title", "months", "runs"))
    assert meant.keys() == ("title", "months", "monhts", "other")  # months is there: no second one is made
    assert (meant.key("title").line, meant.key("title").column) == (1, 1)
    assert mended(meant, meant.keys()) is meant


def test_of_equally_near_keys_one_that_lacks_is_named() -> None:
    mapping, _ = read("at: 1\nt: 2\n")
    assert mapping is not None
    faults: list[Fault] = []
    check_keys(mapping, faults, ("at", "to"))
    assert faults[0].hint == 'did you mean "to"?'


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1, "months", "1 month"),
        (1.0, "acts/year", "1 act/year"),
        (1, "share", "1"),
        (0, "runs", "0 runs"),
        (1, "points", "1 point"),
        (1, "level of war", "1 level of war"),
        (2.5, None, "2.5"),
        (2**63 - 1, None, "9223372036854775807"),
    ],
)
def test_units_agree_with_their_number(value: float, unit: str | None, text: str) -> None:
    assert unit_text(value, unit) == text


def test_counts_are_for_sentences() -> None:
    assert [counted(n, "runs") for n in (0, 1, 2000)] == ["0 runs", "1 run", "2,000 runs"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("1,000", "write 1000: nothing parts the thousands"),
        ("1 000 000", "write 1000000: nothing parts the thousands"),
        ("4,5", "write 4.5"),
        ("40 %", "write 0.4"),
        ("-2,5%", "write -0.025"),
        ("12 months", "write the number alone: 12"),
        ("3.5acts", "write the number alone: 3.5"),
        ("12:30", None),
        ("half", None),
    ],
)
def test_numbers_as_people_write_them(text: str, hint: str | None) -> None:
    faults: list[Fault] = []
    assert as_number(node(text), faults, unit="share") is None
    assert faults[0].hint == hint


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("1e23", "write 1" + "0" * 23),
        ("1e999999999", "it is too large"),
        ("1e-999999999", None),
        ("0e-999999999", "write 0"),
        ("12.50", None),
        ("-3.0", "write -3"),
    ],
)
def test_whole_numbers_in_other_spellings(text: str, hint: str | None) -> None:
    faults: list[Fault] = []
    assert as_int(node(text), faults) is None
    assert faults[0].hint == hint
