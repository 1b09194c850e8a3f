"""What verbs say on standard error of scenarios in which nothing is wrong."""

import sys
from collections.abc import Iterable

from simulation.scenario.scenario import Scenario


def print_notes(scenarios: Iterable[Scenario]) -> None:
    """On standard error, once each: what is no fault of these scenarios and ought to be known."""
    notes = dict.fromkeys(note for one in scenarios for note in one.notes)
    for note in notes:
        print(f"{note.place}: note: {note.message}", file=sys.stderr)
