"""The points of a design, and the cases that they are: equal points are one case, computed once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from simulation.document import Node, number_text
from simulation.model.state import Floats, Integers
from simulation.sweep import sampling
from simulation.sweep.axes import Axis, coordinates, label
from simulation.sweep.schema import POSTERIOR


class Column(NamedTuple):
    """The values of one axis by case: numbers as they are, anything else as a place in `levels`."""

    axis: Axis
    numbers: Floats | None
    places: Integers | None

    def node(self, case: int) -> Node:
        """The value of a case, as a file would write it."""
        if self.numbers is not None:
            return self.axis.written(number_text(float(self.numbers[case])))
        assert self.places is not None
        return self.axis.levels[int(self.places[case])]

    def number(self, case: int) -> float:
        """The same as a number, where it is one."""
        found = float(self.numbers[case]) if self.numbers is not None else float(label(self.node(case)))
        return found + 0.0  # no -0.0: it would be another text for the same number

    @property
    def told(self) -> Floats | list[str]:
        """The values of all cases as a table has them: numbers, or else each in one line."""
        if self.numbers is not None:
            return self.numbers
        assert self.places is not None
        texts = [label(node) for node in self.axis.levels]
        if self.axis.numeric:
            return np.array([float(text) for text in texts])[self.places]
        return [texts[k] for k in self.places]

    def text(self, case: int) -> str:
        """The same in one line."""
        return label(self.node(case))


@dataclass(frozen=True)
class Points:
    """Cases by column, and for each point of the design the case that it is: (points,)."""

    columns: tuple[Column, ...]
    case: Integers

    @property
    def cases(self) -> int:
        """How many cases there are."""
        return int(self.case.max()) + 1 if self.case.size else 0

    def values(self, case: int) -> tuple[Node, ...]:
        """The value of each axis in a case."""
        return tuple(column.node(case) for column in self.columns)


def listed(axes: tuple[Axis, ...]) -> Points:
    """The first values of all axes together, then the second ones; all have as many."""
    places = []
    for axis in axes:
        first: dict[str, int] = {}
        places.append([first.setdefault(label(node), k) for k, node in enumerate(axis.levels)])
    return _chosen(axes, np.array(places, np.int64).T)


def gridded(axes: tuple[Axis, ...]) -> Points:
    """Every combination of the values of the axes, the last one changing fastest."""
    return _chosen(axes, sampling.grid([len(axis.levels) for axis in axes]))


def drawn(axes: tuple[Axis, ...], u: Floats) -> Points:
    """What the points of the unit cube mean, (points, coordinates); joint axes share a coordinate."""
    of = {name: u[:, k] for k, name in enumerate(coordinates(axes))}
    columns: list[Floats | Integers] = [
        axis.spread.at(of[axis.path]) if axis.spread is not None
        else sampling.places(of[POSTERIOR if axis.joint else axis.path], len(axis.levels))
        for axis in axes
    ]  # fmt: skip
    return _cased(axes, columns)


def _chosen(axes: tuple[Axis, ...], places: Integers) -> Points:
    return _cased(axes, [places[:, k] for k in range(len(axes))])


def _cased(axes: tuple[Axis, ...], columns: Sequence[Floats | Integers]) -> Points:
    """Cases in the order in which their first points stand."""
    rows = np.column_stack([column.astype(float) for column in columns])
    _, first, case = np.unique(rows, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(first, kind="stable")
    number = np.empty_like(order)
    number[order] = np.arange(order.size)
    kept = rows[first[order]]
    found = [
        Column(axis, kept[:, k], None) if axis.spread is not None
        else Column(axis, None, kept[:, k].astype(np.int64))
        for k, axis in enumerate(axes)
    ]  # fmt: skip
    return Points(tuple(found), number[case.reshape(-1)])
