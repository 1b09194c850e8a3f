"""YAML with positions: what a file says, and a fault with its place for whatever is wrong in it."""

from simulation.document.nodes import Mapping, Node, Scalar, Sequence, Source, report
from simulation.document.parse import read_document, read_text, shown
from simulation.document.readers import (
    as_bool,
    as_int,
    as_mapping,
    as_month,
    as_name,
    as_number,
    as_sequence,
    as_text,
    check_keys,
    month_text,
    number_text,
    required,
)

__all__ = [
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "Source",
    "as_bool",
    "as_int",
    "as_mapping",
    "as_month",
    "as_name",
    "as_number",
    "as_sequence",
    "as_text",
    "check_keys",
    "month_text",
    "number_text",
    "read_document",
    "read_text",
    "report",
    "required",
    "shown",
]
