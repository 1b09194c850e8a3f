"""What every part of a scenario is checked against: its world, its months and who takes part.

A child may take a country out, or end sooner, than what its parents say about that country or those
months: what they say then falls away. What it says itself, or a parent says after that, is a fault.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path

from simulation.document import Node, Scalar, as_month, month_text, report, report_unknown
from simulation.errors import Fault, Place
from simulation.scenario.layers import OLDEST, VARIANT, Entry
from simulation.world import World

SHORTEST_NAME = 4  # letters by which a name is recognised


@dataclass(frozen=True)
class Frame:
    """World, horizon and participants of one scenario.

    `start` is the first month and `end` the one after the last; None where they could not be read.
    `horizon` and `masked` are the numbers of the layers that say them and `without`; `begun` is what says
    `start`, if anything does. `notes` takes what is no fault and ought to be known.
    """

    world: World
    faults: list[Fault]
    start: int | None
    end: int | None
    without: tuple[str, ...] = ()
    horizon: int = OLDEST
    masked: int = OLDEST
    horizon_place: Place | None = None
    opens: str = "the first month"  # what `start` is called
    begun: Entry | None = None
    notes: list[Fault] = field(default_factory=list)

    @property
    def present(self) -> tuple[str, ...]:
        """The countries that take part, in the order of slots."""
        return tuple(code for code in self.world.codes if code not in self.without)

    def takes_part(self, code: str, node: Node, layer: int) -> bool:
        """Whether the country takes part; a fault where a layer speaks of one that was taken out."""
        if code not in self.without:
            return True
        if layer >= self.masked:
            report(self.faults, node, f"{code} takes no part in this scenario", "`without` takes it out")
        return False

    def country(
        self, node: Node, text: str, layer: int, prefer: Collection[str] = (), hint: str | None = None
    ) -> bool:
        """Whether the text is a country of the world that takes part; `prefer` has the likelier ones."""
        if text in self.world.codes:
            return self.takes_part(text, node, layer)
        word = Scalar(text, False, node.line, node.column, node.source)
        report_unknown(self.faults, word, "country", self.world.codes, prefer, hint or self._named(text))
        return False

    def _named(self, text: str) -> str | None:
        """A hint for what is not the code of a country and stands in the names of some."""
        held = [each for each in self.world.countries.values() if text.casefold() in each.name.casefold()]
        if len(text) < SHORTEST_NAME or not held:
            return None
        return f"a country is named by its code: {', '.join(f'{each.code} ({each.name})' for each in held)}"

    def month(self, entry: Entry, node: Node) -> int | None:
        """The month that the node says, inside the horizon.

        A later month that an older layer says is returned too: no run will reach it.
        """
        month = as_month(node, self.faults)
        if month is None or self.start is None or self.end is None:
            return month
        if month < self.start:
            self._outside(node, f"{month_text(month)} is before {self.opens}, {month_text(self.start)}")
            return None
        if month >= self.end and entry.layer >= self.horizon:
            last = month_text(self.end - 1)
            self._outside(node, f"{month_text(month)} is after the last month, {last}")
            return None
        return month

    def reached(self, month: int, what: str, node: Node) -> bool:
        """Whether the scenario runs that far.

        A note where a variant or the command line has it end before `what` the node says: a child that is
        shorter than its parents is written by somebody who reads both.
        """
        if self.end is None or month < self.end:
            return True
        if self.horizon >= VARIANT:
            last = month_text(self.end - 1)
            report(self.notes, node, f"{what} in {month_text(month)} falls away: the last month is {last}")
        return False

    def _outside(self, node: Node, message: str) -> None:
        assert self.start is not None
        assert self.end is not None
        runs = "the scenario runs" if self.opens == Frame.opens else "a branch differs"
        hint = f"{runs} from {month_text(self.start)} to {month_text(self.end - 1)}"
        if self.horizon_place is not None and self.horizon_place.file != node.source.name:
            hint += f", as {self.horizon_place} says"
        report(self.faults, node, message, hint)


@dataclass(frozen=True)
class Asked:
    """For whom a profile is read: the challenger, and the folder of the layer with that number."""

    frame: Frame
    code: str
    folder: Callable[[int], Path]

    @property
    def faults(self) -> list[Fault]:
        """Where faults go."""
        return self.frame.faults
