"""Keys that stand twice in a file: that is a fault, and what stands at the later one is read all the same."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from simulation.document import Mapping, Node, Scalar
from simulation.document import Sequence as NodeList
from simulation.errors import Fault, Place
from simulation.scenario.layers import Layer, reread, variant_layer, variants_of

MOST_AGAIN = 3  # later values of one key that are read


def tell_later(
    layers: Sequence[Layer], resolve: Callable[[Sequence[Layer], list[Fault]], object], faults: list[Fault]
) -> None:
    """Add the faults of values whose key stands twice; `resolve` adds those of some layers to its list."""
    for number in range(MOST_AGAIN):
        places = {place for layer in layers for place in _places(layer.file, number)}
        if not places:
            return
        found: list[Fault] = []
        others = [reread(layer, _later(layer.file, number), found) for layer in layers]
        resolve(others, found)
        for name in variants_of(others):
            resolve([*others, variant_layer(others, [name], found)], found)
        faults += [fault for fault in found if fault.place in places]


def _later(node: Mapping, number: int) -> Mapping:
    """The mapping with the later value of that number, counted from 0, for each key that has one."""

    def inside(value: Node) -> Node:
        if isinstance(value, Mapping):
            return _later(value, number)
        if isinstance(value, NodeList):
            return replace(value, items=tuple(inside(item) for item in value.items))
        return value

    later = _chosen(node, number)
    entries = tuple(later.get(key.text, (key, value)) for key, value in node.entries)
    return replace(node, entries=tuple((key, inside(value)) for key, value in entries), again=())


def _chosen(node: Mapping, number: int) -> dict[str, tuple[Scalar, Node]]:
    """Of each key that stands again the entry of that number."""
    found: dict[str, list[tuple[Scalar, Node]]] = {}
    for key, value in node.again:
        found.setdefault(key.text, []).append((key, value))
    return {name: entries[number] for name, entries in found.items() if number < len(entries)}


def _places(node: Node, number: int) -> Iterator[Place]:
    """Where the later values of that number stand, and all that is in them."""
    if isinstance(node, NodeList):
        for item in node.items:
            yield from _places(item, number)
    elif isinstance(node, Mapping):
        for _, value in _chosen(node, number).values():
            yield from _all(value)
        for _, value in node.entries:
            yield from _places(value, number)


def _all(node: Node) -> Iterator[Place]:
    yield node.place
    if isinstance(node, NodeList):
        for item in node.items:
            yield from _all(item)
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            yield key.place
            yield from _all(value)
