"""Damage to the files of a small world, and the faults it brings."""

import re
from pathlib import Path

import pytest

from simulation.errors import BadInput, Fault, Place
from simulation.world import load_world

SEED = 7  # countries with two camps, an election, wars, and several dates on every list
MARK = "‸"  # stands before what a fault points at


def edit(folder: Path, file: str, pattern: str, replacement: str) -> None:
    """Replace the first match, which must exist."""
    path = folder / file
    text, count = re.subn(pattern, replacement, path.read_text(encoding="utf-8"), count=1, flags=re.DOTALL)
    assert count == 1, f"{pattern} matches nothing in {file}"
    path.write_text(text, encoding="utf-8")


def faults_of(folder: Path) -> str:
    """The faults that loading the world shows."""
    with pytest.raises(BadInput) as caught:
        load_world(folder)
    return str(caught.value)


def expected(folder: Path, file: str, messages: list[str]) -> str:
    """The faults as they should be shown, one at each mark; the marks are then taken out of the file."""
    path = folder / file
    lines = path.read_text(encoding="utf-8").split("\n")
    faults: list[Fault] = []
    for number, line in enumerate(lines, 1):
        bare = line.replace(MARK, "")
        for count, part in enumerate(line.split(MARK)[:-1]):
            column = len("".join(line.split(MARK)[:count])) + len(part) + 1
            message, _, hint = messages[len(faults)].partition(" | ")
            faults.append(Fault(message, Place(str(path), number, column), bare, hint or None))
    assert len(faults) == len(messages)
    path.write_text("\n".join(lines).replace(MARK, ""), encoding="utf-8")
    return str(BadInput(faults))
