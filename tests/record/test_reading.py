"""Records with one thing wrong, and what is said of each; the shipped record as a whole."""

import re
import textwrap
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulation.errors import BadInput
from simulation.record import CODINGS, load_record, observe
from simulation.record.tables import GOVERNMENT
from tests.record import tiny

# file, what is changed, into what, and what is said: without the folder and the line that is shown.
BROKEN: dict[str, tuple[str, str, str, str]] = {
    "unknown kind": (
        "events.csv", "court_ruling", "court_rulling",
        """events.csv:7:32: unknown kind of event "court_rulling"
        did you mean "court_ruling"?""",
    ),
    "unknown source": (
        "events.csv", "They meet,N1", "They meet,N1 N2",
        """events.csv:2:86: unknown source "N2"
        did you mean "N1"?""",
    ),
    "no source": (
        "leaders.csv", "right,0,,N1", "right,0,,",
        """leaders.csv:2:46: the name of a source is missing here""",
    ),
    "no such confidence": (
        "opinion.csv", "recalled", "recaled",
        """opinion.csv:2:40: unknown confidence "recaled"
        did you mean "recalled"?""",
    ),
    "no such day": (
        "events.csv", "2020-02-10", "2020-02-30",
        """events.csv:2:4: "2020-02-30" is not a day
        write YYYY-MM-DD, or as much of it as is known: 2019-08-22, 2019-08 or 2019""",
    ),
    "too large": (
        "opinion.csv", "12.5", "112.5",
        """opinion.csv:2:30: 112.5 is above the highest value, 100 per cent
        from 0 to 100 per cent""",
    ),
    "unknown country": (
        "events.csv", "V1,2020-02-10,day,JPN KOR", "V1,2020-02-10,day,JNP KOR",
        """events.csv:2:19: unknown country "JNP"
        did you mean "JPN"?""",
    ),
    "no code": (
        "institutions.csv", "Relations,JPN KOR", "Relations,JPN Korea",
        """institutions.csv:2:18: "Korea" is no code of a country
        three capitals, such as JPN""",
    ),
    "a cell too many": (
        "events.csv", '"He comes, with gifts"', "He comes, with gifts",
        """events.csv:3:1: 16 cells stand here, and the first line names 15 columns
        a comma separates cells, a point decimals; quotes hold a cell with commas together""",
    ),
    "an open quote": (
        "sources.csv", "General knowledge,,", '"General knowledge,,',
        """sources.csv:2:1: 2 cells stand here, and the first line names 4 columns
        a comma separates cells, a point decimals; quotes hold a cell with commas together
        sources.csv:2:4: this quote is not closed""",
    ),
    "a column misspelt": (
        "opinion.csv", "favourable", "favorable",
        """opinion.csv:1:1: opinion.csv lacks the column "favourable"
        opinion.csv:1:40: unknown column "favorable"
        did you mean "favourable"?""",
    ),
    "a column twice": (
        "opinion.csv", "year,survey", "year,year,survey",
        """opinion.csv:1:6: the column "year" stands twice""",
    ),
    "it ends before it starts": (
        "institutions.csv", "2020-07-31", "2020-03-31",
        """institutions.csv:5:43: it ends on 2020-03-31, before it starts on 2020-04-10""",
    ),
    "resumed too early": (
        "institutions.csv", "2020-09-01", "2020-06-01",
        """institutions.csv:4:65: resumed on 2020-06-01, which is not between its suspension and the next""",
    ),
    "resumed without a suspension": (
        "institutions.csv", "2020-06-30,2020-09-01,notice", ",2020-09-01,",
        """institutions.csv:4:54: 0 days of suspension and 1 of resumption
        each but the last suspension was resumed""",
    ),
    "a month left out": (
        "launches.csv", "2020-07,1,6,0,1,0,0,,N1,recalled\n", "",
        """launches.csv:8:1: 2020-08 stands where 2020-07 belongs
        a row a month, in order""",
    ),
    "a key twice": (
        "events.csv", "V2,", "V1,",
        """events.csv:3:1: the key "V1" stands twice
        the first is in events.csv, line 2""",
    ),
    "a key of another table": (
        "institutions.csv", "A5,", "V5,",
        """institutions.csv:6:1: the key "V5" stands twice
        the first is in events.csv, line 6""",
    ),
    "a key of the world": (
        "sources.csv", "N1,", "N1,General knowledge,,\nS02,",
        """sources.csv:3:1: the key "S02" stands twice
        source.yaml has it already""",
    ),
    "no description": (
        "events.csv", "They meet", "",
        """events.csv:2:73: nothing stands in the column "description\"""",
    ),
    "a driver off which a rung is read": (
        "events.csv", "summit_at_margins,government", "summit_at_margins,third_party",
        """events.csv:2:50: rungs are read off a summit_at_margins, and its origin here is "third_party"
        a rung that is read off a driver would be predicted by it: give the row another kind""",
    ),
    "a stricter coding that counts longer": (
        "coding.yaml", "months: {stricter: 6, standard: 12", "months: {stricter: 13, standard: 12",
        """coding.yaml:17: stricter counts 13 months, standard 12
        a stricter coding never sees a higher rung""",
    ),
    "a stricter coding that asks for less": (
        "coding.yaml", "stricter: [swap_line, trusted_status, supply_chain_scheme]", "stricter: [swap_line]",
        """coding.yaml:11: stricter asks for less than standard
        a stricter coding asks for all that a looser one does""",
    ),
    "a break that only looser codings know": (
        "coding.yaml", "codings: [stricter, standard]", "codings: [standard]",
        """coding.yaml:18: the break "refused" leaves out a stricter coding
        a break that a coding knows, every stricter one knows: [stricter, standard]""",
    ),
    "a rung that the world lacks": (
        "coding.yaml", "rung: ministers", "rung: minister",
        """coding.yaml:15: unknown rung "minister"
        did you mean "ministers"?""",
    ),
    "a rule without its reason": (
        "coding.yaml", '        why: "The data flow"\n', "",
        """coding.yaml:7: the key "why" is missing""",
    ),
    "events that count for no time": (
        "coding.yaml", "        events: [officials_talks]\n", "        events: [officials_talks]\n        #",
        """coding.yaml:7: the rule "talks" needs `events` and `months` together""",
    ),
}  # fmt: skip


def said(folder: Path) -> str:
    """What is said of the record there, without the lines it shows, the folder, and lines of the protocol."""
    with pytest.raises(BadInput) as caught:
        load_record(tiny.world(), folder)
    text = re.sub(r"coding\.yaml:\d+:", "coding.yaml:", str(caught.value))
    lines = text.replace(f"{folder}/", "").splitlines()
    return "\n".join(line.strip() for line in lines if not line.startswith("    "))


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_is_said(tmp_path: Path, name: str) -> None:
    file, old, new, text = BROKEN[name]
    wanted = "\n".join(line.strip() for line in textwrap.dedent(text).splitlines())
    assert said(tiny.written(tmp_path / "wrong", {file: (old, new)})) == wanted


def test_every_fault_is_said_in_one_pass(tmp_path: Path) -> None:
    folder = tiny.written(
        tmp_path / "wrong",
        {
            "events.csv": ("pair", "pear"),
            "opinion.csv": ("KOR", "KRO"),
            "coding.yaml": ("rung: officials", "rung: x"),
        },
    )
    (folder / "leaders.csv").unlink()
    text = said(folder)
    parts = (
        'unknown scope "pear"',
        'unknown country "KRO"',
        'unknown rung "x"',
        "leaders.csv cannot be read",
    )
    assert [part for part in parts if part not in text] == []


def test_quotes_hold_a_cell_together(tmp_path: Path) -> None:
    folder = tiny.written(tmp_path / "a", {"events.csv": ("He comes, with gifts", 'He says ""well, well""')})
    events = {each.key: each for each in load_record(tiny.world(), folder).events}
    assert events["V2"].description == 'He says "well, well"'


def test_the_shipped_record_cites_every_source_and_no_other() -> None:
    record = load_record(tiny.world())
    tables = (
        record.launches, record.events, record.opinion, record.leaders, record.agreements, record.pressure,
        record.capabilities,
    )  # fmt: skip
    cited = {key for table in tables for row in table for key in row.sources}
    own = {each.key for each in record.references}
    assert own <= cited, "a source that no row names"
    assert cited - own <= set(tiny.world().evidence.sources)
    general = {each.key for each in record.references if not each.address}
    assert len(general) == 1
    read = [row for table in tables for row in table if row.confidence == "verified"]
    assert not [row for row in read if set(row.sources) <= general], "verified by general knowledge"


def test_the_shipped_record_is_whole() -> None:
    record = load_record(tiny.world())
    assert (record.first, record.months) == (2012 * 12, 156)
    assert [len(each) for each in (record.events, record.agreements, record.opinion)] == [193, 37, 63]
    assert [len(each) for each in (record.leaders, record.pressure, record.capabilities)] == [22, 204, 414]
    years = [each.month // 12 for each in record.launches for _ in range(each.missiles)]
    assert (years.count(2018), years.count(2022)) == (0, 69)
    assert sum(each.nuclear_tests for each in record.launches) == 4
    ended = [each.day.year for each in record.events if each.day.year > 2024]
    assert not ended, "what came after 2024 stays out, to be scored blind"


def test_no_kind_of_the_protocol_is_idle_or_unknown() -> None:
    record = load_record(tiny.world())
    assert {each.kind for each in record.events} == set(record.protocol.event_kinds)
    missing = set(record.protocol.agreement_kinds) - {each.kind for each in record.agreements}
    assert missing == {"annual_summits"}, "the rung above all that is on record needs its rule too"
    given = {each.kind for each in record.events if each.origin != GOVERNMENT}
    assert not given & record.protocol.coded_events
    assert tuple(record.protocol.codings) == CODINGS


CELLS = st.sampled_from(
    [
        "",
        "0",
        "-1",
        "1e9",
        "nan",
        "2020",
        "2020-13",
        "2020-02-30",
        "JPN",
        "JPN JPN",
        "N1",
        "~",
        '"',
        ",",
        "é",
        "V1",
    ]
)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(tiny.TABLES)), st.integers(0, 8), st.integers(0, 15), CELLS)
def test_any_cell_is_read_or_refused(tmp_path: Path, table: str, line: int, column: int, cell: str) -> None:
    folder = tiny.written(tmp_path / "any")
    path = folder / f"{table}.csv"
    lines = [text.split(",") for text in path.read_text(encoding="utf-8").splitlines()]
    row = lines[line % len(lines)]
    row[column % len(row)] = cell
    path.write_text("\n".join(map(",".join, lines)), encoding="utf-8")
    try:
        record = load_record(tiny.world(), folder)
    except BadInput as error:
        refused = error.faults
    else:
        refused = ()
        observe(record, record.protocol.codings["standard"], ("JPN", "KOR"))
    assert [fault for fault in refused if not (fault.place or fault.file)] == []


def test_one_slip_in_the_protocol_is_not_said_of_every_row(tmp_path: Path) -> None:
    folder = tiny.written(tmp_path / "wrong", {"coding.yaml": ("event_kinds:", "event_kind:")})
    assert said(folder) == 'coding.yaml:1: unknown key "event_kind"\ndid you mean "event_kinds"?'
