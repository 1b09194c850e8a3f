"""Compiling: kept on disk where that can be written."""

from collections.abc import Callable
from pathlib import Path
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


def is_compiled(function: Callable[..., Any]) -> bool:
    """Whether a compiled function was compiled before: in this process, or in the cache."""
    made: Any = function
    kept = getattr(getattr(made, "_cache", None), "_impl", None)
    if kept is None:
        return bool(made.signatures)
    return bool(made.signatures) or any(
        Path(kept.locator.get_cache_path()).glob(f"{kept.filename_base}*.nbi")
    )
