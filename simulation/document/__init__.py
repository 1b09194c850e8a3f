"""YAML with positions: what a file says, and a fault with its place for whatever is wrong in it."""

from simulation.document.nodes import Mapping, Node, Scalar, Sequence, Source, report, report_unknown
from simulation.document.parse import read_document, read_text, read_value, shown
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
    mended,
    month_text,
    number_text,
    required,
    unit_text,
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
    "mended",
    "month_text",
    "number_text",
    "read_document",
    "read_text",
    "read_value",
    "report",
    "report_unknown",
    "required",
    "shown",
    "unit_text",
]
