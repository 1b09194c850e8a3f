"""The mark of a rule: a pure function of numbers that runs alike in plain Python and compiled.

Rules use only `math.exp`, `math.log`, `math.sqrt`, sums and products, because powers and NumPy's
functions differ in a last bit between Python and compiled code; and they are total, because Python
raises where compiled code returns an infinity.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from numba.extending import register_jitable

Function = TypeVar("Function", bound=Callable[..., Any])


def rule(function: Function) -> Function:
    """Let the compiled engine call `function` too; in Python it stays as it is."""
    # Only compiled code calls the compiled form: without wrappers for Python it compiles a sixth sooner.
    mark = register_jitable(no_cpython_wrapper=True, no_cfunc_wrapper=True, error_model="numpy")
    registered: Function = mark(function)
    return registered
