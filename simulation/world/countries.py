"""countries.yaml: countries with their camps, governments, elections and wars, and the named tempos."""

from simulation.document import (
    Mapping,
    Node,
    Scalar,
    as_int,
    as_mapping,
    as_month,
    as_name,
    as_number,
    as_text,
    check_keys,
    report,
    required,
)
from simulation.world.facts import Country, Election, Value
from simulation.world.values import (
    CODE,
    WORD,
    Range,
    Reading,
    check_unit,
    check_word,
    read_dated,
    read_needed,
    read_reason,
    read_value,
    unknown_country,
)

TEMPO = Range("acts/year", 0, 1000)
LONGEST_TERM = 1200  # months between elections
_KEYS = ("name", "camps", "government", "election", "war")


def read_countries(reading: Reading, file: Mapping) -> dict[str, Country]:
    """The countries by code; their order is that of slots."""
    node = required(file, reading.faults, "countries")
    table = None if node is None else as_mapping(node, reading.faults, "countries by code")
    if table is None:
        return {}
    if len(table.entries) < 2 and table.whole:
        report(reading.faults, file.key("countries"), "a world has two countries or more")
    found: dict[str, Country] = {}
    for key, entry in table.entries:
        check_word(reading, key, CODE, "country")
        fields = as_mapping(entry, reading.faults, "name, camps and government")
        # A country that cannot be read is there all the same, or each mention of it would be a fault.
        nobody = Country(key.text, "", {}, (), None, ())
        found[key.text] = nobody if fields is None else _country(reading, key, fields)
    return found


def read_levels(reading: Reading, file: Mapping, codes: tuple[str, ...]) -> dict[str, dict[str, Value]]:
    """The named tempos of each challenger, in acts a year."""
    node = file.get("threats")
    table = None if node is None else as_mapping(node, reading.faults, "named levels by challenger")
    found: dict[str, dict[str, Value]] = {}
    for key, entry in () if table is None else table.entries:
        if key.text not in codes:
            unknown_country(reading, key, codes)
            continue
        levels = as_mapping(entry, reading.faults, "a unit, and values by level")
        if levels is None:
            continue
        check_unit(reading, key, levels, TEMPO.unit)
        found[key.text] = {}
        for name, value_node in levels.entries:
            if name.text == "unit":
                continue
            check_word(reading, name, WORD, "level")
            value = read_value(reading, f"threats.{key.text}.{name.text}", name, value_node, TEMPO)
            if value is not None:
                found[key.text][name.text] = value
    return found


def _country(reading: Reading, key: Scalar, fields: Mapping) -> Country:
    fields = check_keys(fields, reading.faults, _KEYS)
    camps = _camps(reading, key, fields)
    government = required(fields, reading.faults, "government", key)
    election, war = fields.get("election"), fields.get("war")

    def camp(node: Node) -> str | None:
        # Where the camps are at fault themselves, each of their names would be one more fault.
        return as_name(node, reading.faults, camps, f"camp of {key.text}") if camps else as_text(node, [])

    def level(node: Node) -> float | None:
        return as_number(node, reading.faults, 0, 1, "level of war")

    return Country(
        code=key.text,
        name=read_needed(reading, fields, "name", key),
        camps=camps,
        government=()
        if government is None
        else read_dated(reading, fields.key("government"), government, "camp", camp),
        election=None if election is None else _election(reading, fields.key("election"), election),
        war=() if war is None else read_dated(reading, fields.key("war"), war, "level", level, ever=False),
    )


def _camps(reading: Reading, key: Scalar, fields: Mapping) -> dict[str, str]:
    node = required(fields, reading.faults, "camps", key)
    table = None if node is None else as_mapping(node, reading.faults, "camps with their meaning")
    if table is None:
        return {}
    if not table.entries and table.whole:
        report(reading.faults, fields.key("camps"), f"{key.text} has no camp to govern it")
    for name, _ in table.entries:
        check_word(reading, name, WORD, "camp")
    return {name.text: as_text(meaning, reading.faults) or "" for name, meaning in table.entries}


def _election(reading: Reading, key: Scalar, node: Node) -> Election | None:
    fields = as_mapping(node, reading.faults, "first, every and evidence")
    if fields is None:
        return None
    fields = check_keys(fields, reading.faults, ("first", "every", "evidence", "assumption"))
    evidence, assumption = read_reason(reading, key, fields)
    first, every = (required(fields, reading.faults, name, key) for name in ("first", "every"))
    month = None if first is None else as_month(first, reading.faults)
    months = None if every is None else as_int(every, reading.faults, 1, LONGEST_TERM, "months")
    return None if month is None or months is None else Election(month, months, evidence, assumption)
