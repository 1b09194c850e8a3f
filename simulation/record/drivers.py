"""What a hindcast may be told of the months it runs over, apart from what it must find by itself."""

from dataclasses import dataclass

from simulation.record.tables import GOVERNMENT, Event, Launches, Leader, Record


@dataclass(frozen=True)
class Drivers:
    """The months from `first` on: what was given from outside, and what the two governments chose.

    `given` are courts, incidents at sea and in the air, the public, changes of government and what others
    did, in order of time. `chosen` are acts of the two governments: outcome, never input of a hindcast.
    `offices` are those who governed within these months, also where they began before.
    """

    first: int
    launches: tuple[Launches, ...]
    given: tuple[Event, ...]
    chosen: tuple[Event, ...]
    offices: tuple[Leader, ...]

    def given_in(self, month: int, *origins: str) -> tuple[Event, ...]:
        """What was given in that month, of these origins alone where any are named."""
        return tuple(
            each for each in self.given if each.month == month and (not origins or each.origin in origins)
        )


def drivers_of(record: Record, first: int, months: int) -> Drivers:
    """The drivers of so many months from `first` on. ValueError where the record does not hold them all."""
    at = first - record.first
    if at < 0 or months < 1 or at + months > record.months:
        raise ValueError("the record does not hold every one of these months")
    after = first + months
    events = sorted(
        (each for each in record.events if first <= each.month < after), key=lambda each: (each.day, each.key)
    )
    return Drivers(
        first,
        record.launches[at : at + months],
        tuple(each for each in events if each.origin != GOVERNMENT),
        tuple(each for each in events if each.origin == GOVERNMENT),
        tuple(
            each
            for each in record.leaders
            if each.start.year * 12 + each.start.month - 1 < after
            and (each.end is None or each.end.year * 12 + each.end.month - 1 >= first)
        ),
    )
