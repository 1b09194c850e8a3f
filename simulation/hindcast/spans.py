"""Whether the months that the rules of a hindcast name leave room to learn, to replay and to score."""

from simulation.document import Mapping, counted, month_text, report
from simulation.errors import Fault
from simulation.hindcast.protocol import YEAR, Protocol
from simulation.record import Record


def check_training(file: Mapping, found: Protocol, record: Record, faults: list[Fault]) -> None:
    """A fault where too little may be learnt from, or nothing is left to score."""
    first, last = found.training
    end = record.first + record.months
    key = file.key("training")
    if last - first + 1 < found.replay:
        message = f"the training years hold {max(0, last - first + 1)} months, fewer than a replay"
        report(faults, key, message, f"a replay has {found.replay}")
    elif end - last - 1 < YEAR:
        message = f"{counted(end - last - 1, 'months')} of the record are left to score"
        report(faults, key, message, f"the training years end {YEAR} months before the record at least")


def check_rolling(file: Mapping, found: Protocol, record: Record, faults: list[Fault]) -> None:
    """A fault where an origin leaves no room for its replay, or where there is none to be scored."""
    key, blind = file.key("rolling"), found.training[1] + 1
    end = record.first + record.months
    if found.first - found.replay < record.first:
        message = f"a replay of {found.replay} months before {month_text(found.first)}"
        hint = f"it begins in {month_text(record.first)}"
        report(faults, key, f"{message} begins before the record does", hint)
    if found.first + YEAR > blind:
        message = f"no year after an origin from {month_text(found.first)} on lies in the training years"
        report(faults, key, message, f"they end in {month_text(blind - 1)}")
    origins = range(found.first, end, found.every)
    for months in sorted({*found.ahead, YEAR}):
        if not any(origin >= blind and origin + months <= end for origin in origins):
            message = f"no origin after the training years has {counted(months, 'months')} on record ahead"
            hint = f"they end in {month_text(blind - 1)}, the record in {month_text(end - 1)}"
            report(faults, key, message, hint)
