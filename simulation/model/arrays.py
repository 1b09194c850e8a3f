"""Named arrays of one run in one piece of memory, read alike in plain Python and in compiled code.

A class of named arrays (a NamedTuple whose annotations carry their shapes) is laid out as a NumPy
record. Compiled code takes the record: one pointer, however many arrays (*measured*: passing the
arrays themselves made a run 20 times slower and the compilation 10 times longer). Plain Python takes
the named tuple of views into the same memory. Either way a rule reads `s.threat[i, j]`.
"""

import hashlib
from collections.abc import Mapping
from functools import cache
from itertools import accumulate
from typing import Any, TypeVar, get_type_hints

import numpy as np
from numba.core.types import Record
from numpy.typing import NDArray


def _identity(self: Record) -> tuple[str, tuple[str]]:
    return "Record", (hashlib.sha256(self.name.encode()).hexdigest()[:16],)


# Numba names the symbols of compiled code after a number that a record type has in one process only.
# Code from the cache and code compiled here can then share names though their worlds differ in size,
# and the wrong one is linked without a word (*seen*: a world of six countries run with the layout of
# three). So a record type is named by what it is.
Record.mangling_args = property(_identity)  # type: ignore[method-assign,assignment]

Named = TypeVar("Named", bound=tuple[Any, ...])
Sizes = Mapping[str, int]


def shapes(kind: type, sizes: Sizes) -> dict[str, tuple[int, ...]]:
    """Shape of every array of the class in a world of these sizes; () for a number."""
    marks = {name: getattr(hint, "__metadata__", ((), ""))[0] for name, hint in _hints(kind).items()}
    return {name: tuple(sizes[word] for word in mark) for name, mark in marks.items()}


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind, include_extras=True)


def record_type(kind: type, sizes: Sizes, whole: int | None = None) -> np.dtype[np.void]:
    """The record that holds every array of the class, in its order, eight bytes a number.

    whole: bytes of the record where something follows its arrays.
    """
    return _record_type(kind, tuple(sizes.items()), whole)


@cache
def _record_type(kind: type, sizes: tuple[tuple[str, int], ...], whole: int | None) -> np.dtype[np.void]:
    hints, found = _hints(kind), shapes(kind, dict(sizes))
    made = np.dtype([(name, _code(hints[name]), shape) for name, shape in found.items()])
    if whole is None:
        return made
    parts = [made[name] for name in found]
    begins = [0, *accumulate(part.itemsize for part in parts)][:-1]
    return np.dtype({"names": list(found), "formats": parts, "offsets": begins, "itemsize": whole})


def _code(hint: Any) -> str:
    whole = hint is int or "int64" in str(hint)
    return "<i8" if whole else "<f8"


def views(kind: type[Named], record: NDArray[np.void]) -> Named:
    """The named tuple of views into the first (and only) element of a record array; numbers are copied."""
    held = record[0]
    names = held.dtype.names or ()
    return kind(*(held[name].item() if held[name].ndim == 0 else held[name] for name in names))


def filled(kind: type, sizes: Sizes, values: Mapping[str, Any]) -> NDArray[np.void]:
    """A record array of one element with these values."""
    record = np.zeros(1, record_type(kind, sizes))
    for name, value in values.items():
        record[name][0] = value
    return record
