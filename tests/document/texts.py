"""What tests of documents share: texts in, plain data and shown faults out."""

from simulation.document import Mapping, Node, Sequence, read_text
from simulation.errors import BadInput, Fault


def read(text: str) -> tuple[Mapping | None, str]:
    """What is read of the text, and its faults as they are shown."""
    faults: list[Fault] = []
    return read_text(text, "f.yaml", faults), str(BadInput(faults))


def node(text: str) -> Node:
    """The node that this text is as a value."""
    faults: list[Fault] = []
    mapping = read_text(f"key: {text}\n", "f.yaml", faults)
    assert mapping is not None
    assert faults == []
    found = mapping.get("key")
    assert found is not None
    return found


def shown(mapping: Node | None) -> object:
    """A node as plain data."""
    if isinstance(mapping, Mapping):
        return {key.text: shown(value) for key, value in mapping.entries}
    if isinstance(mapping, Sequence):
        return [shown(item) for item in mapping.items]
    return None if mapping is None else mapping.text
