"""Compiling: kept on disk where that can be written."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """The function, compiled when first called."""
    try:
        made: Any = njit(nogil=True, error_model="numpy", cache=True)(function)
    except RuntimeError:  # no place for a cache can be written
        made = njit(nogil=True, error_model="numpy")(function)
    return cast("Function", made)
