"""The rungs that a record gives beside those that the world has by hand (relations.yaml)."""

from dataclasses import dataclass

from simulation.record.coding import Observed
from simulation.world import World


@dataclass(frozen=True)
class Difference:
    """Months in a row, both ends with it, in which the world has one rung and the record another."""

    track: str
    since: int
    until: int
    world: int
    record: int

    @property
    def months(self) -> int:
        """How many months."""
        return self.until - self.since + 1


def differences(observed: Observed, world: World) -> list[Difference]:
    """Where they differ, by track and time; before the first date of the world nothing is compared."""
    found: list[Difference] = []
    for name in observed.tracks:
        for number, rung in enumerate(observed.rungs(name)):
            month = observed.first + number
            by_hand = by_hand_at(world, observed.pair, name, month)
            if by_hand is None or by_hand == rung:
                continue
            last = found[-1] if found else None
            if last and (last.track, last.until, last.world, last.record) == (name, month - 1, by_hand, rung):
                found[-1] = Difference(name, last.since, month, by_hand, rung)
            else:
                found.append(Difference(name, month, month, by_hand, rung))
    return found


def by_hand_at(world: World, pair: tuple[str, str], track: str, month: int) -> int | None:
    """The rung that relations.yaml dates for the pair in that month; None where it has none yet."""
    a, b = pair
    dated = world.rungs.get((a, b), world.rungs.get((b, a), {})).get(track, ())
    since = [each.value for each in dated if each.since <= month]
    return since[-1] if since else None
