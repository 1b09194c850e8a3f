"""Rules hold to what runs alike in Python and compiled: no powers, and of the libraries only math's three."""

import ast
from pathlib import Path
from typing import TypeGuard

import pytest

import simulation.model

MODEL = Path(simulation.model.__file__).parent
MARK = "rule"
ALLOWED = {"exp", "log", "sqrt", "floor", "isfinite", "nan"}


def rules() -> list[tuple[str, ast.FunctionDef]]:
    """Every function that is marked as a rule, by file and name."""
    found: list[tuple[str, ast.FunctionDef]] = []
    for path in sorted([*MODEL.glob("*.py"), MODEL.parent / "engines" / "draws.py"]):
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        found += [(f"{path.stem}.{node.name}", node) for node in nodes if marked(node)]
    return found


def marked(node: ast.AST) -> TypeGuard[ast.FunctionDef]:
    """Whether a node defines a rule."""
    return isinstance(node, ast.FunctionDef) and any(
        isinstance(mark, ast.Name) and mark.id == MARK for mark in node.decorator_list
    )


@pytest.mark.parametrize(("name", "node"), rules(), ids=[name for name, _ in rules()])
def test_a_rule_uses_only_what_both_engines_compute_alike(name: str, node: ast.FunctionDef) -> None:
    for part in ast.walk(node):
        if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Pow):
            assert isinstance(part.left, ast.Constant), f"{name} raises to a power"
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
            if part.value.id == "math":
                assert part.attr in ALLOWED, f"{name} uses math.{part.attr}"
            assert part.value.id != "np" or part.attr in ("uint32", "uint64"), f"{name} uses np.{part.attr}"


def test_there_are_rules() -> None:
    assert len(rules()) > 80
