"""What a hindcast may be told, apart from what it must find."""

from pathlib import Path

import pytest

from simulation.record import drivers_of, load_record
from tests.record import tiny

MARCH = tiny.FIRST + 2


def test_what_was_given_and_what_was_chosen_by_hand(tmp_path: Path) -> None:
    drivers = drivers_of(tiny.tiny(tmp_path), MARCH, 6)
    assert [each.missiles for each in drivers.launches] == [2, 3, 4, 5, 6, 7]
    assert [each.key for each in drivers.given] == ["V6", "V7"]
    assert [each.key for each in drivers.chosen] == ["V2", "V3"]
    assert [each.key for each in drivers.given_in(MARCH)] == ["V6"]
    assert [each.key for each in drivers.given_in(MARCH + 1, "court")] == []
    # The second came to office after these months, the third had left before.
    assert [each.leader for each in drivers.offices] == ["First"]


def test_months_that_the_record_lacks_are_refused(tmp_path: Path) -> None:
    record = tiny.tiny(tmp_path)
    for first, months in ((tiny.FIRST - 1, 3), (tiny.FIRST, 25), (tiny.FIRST, 0)):
        with pytest.raises(ValueError, match="does not hold every one"):
            drivers_of(record, first, months)


def test_what_tokyo_and_seoul_chose_is_no_driver() -> None:
    record = load_record(tiny.world())
    drivers = drivers_of(record, record.first, record.months)
    chosen = {each.key for each in drivers.chosen}
    # The settlement of 2015, the curbs, GSOMIA's notice and its return, the foundation.
    assert {"V044", "V091", "V094", "V097", "V102", "V142", "V145"} <= chosen
    given = {each.key: each.origin for each in drivers.given}
    # The ruling of 2018, the radar, a nuclear test, Moon's coming, the boycott.
    keys = ("V081", "V085", "V068", "V062", "V092")
    assert [given[key] for key in keys] == ["court", "military", "third_party", "politics", "public"]
    assert len(given) + len(chosen) == len([each for each in record.events if each.month >= record.first])
