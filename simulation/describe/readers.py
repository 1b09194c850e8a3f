"""Which function of the model reads what: found by scanning simulation/model once, and nothing run.

A parameter is read as `p.name`, a driver as a field of the state, the setting or the drivers of a run.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

MODEL = Path(__file__).resolve().parents[1] / "model"
RECORDS = ("Parameters", "Setting", "Drivers", "State")
RULES_REST_ON = "northeast_asia"  # the world whose evidence the docstrings of rules name
EVIDENCE = re.compile(r"Evidence: ([ER]\d\d+(?:, [ER]\d\d+)*)\.")

# What a run holds of a key that is no parameter: the record and its field.
HELD: dict[str, tuple[str, str]] = {
    "threats": ("State", "tempo"),
    "events": ("Drivers", "event"),
    "background": ("Setting", "background"),
    "without": ("Setting", "active"),
    "focus": ("Setting", "focus"),
    "theory": ("Parameters", "weights"),
}


@dataclass(frozen=True)
class Reader:
    """A function of the model: `name` is module.function, `says` the first sentence of its docstring.

    `passes` are the rules of other modules to which it hands what it read.
    """

    name: str
    says: str
    evidence: tuple[str, ...]
    passes: tuple["Reader", ...] = ()


def readers_of(record: str, field: str) -> tuple[Reader, ...]:
    """The functions that read a field of a record, by name; assigning to it is not reading."""
    return _table().get((record, field), ())


def readers_of_key(key: str) -> tuple[Reader, ...]:
    """The functions that read what a run holds of a key; none where that is for the engine alone."""
    return readers_of(*HELD[key]) if key in HELD else ()


def fields_read(record: str) -> set[str]:
    """Every field of a record that some function reads."""
    return {field for of, field in _table() if of == record}


def model_files() -> list[Path]:
    """The source files of the model."""
    return sorted(MODEL.glob("*.py"))


def functions_of(source: Path) -> dict[str, ast.FunctionDef]:
    """The functions at the top of a module, by name."""
    return dict(_functions(source))


def evidence_of(function: ast.FunctionDef) -> tuple[str, ...]:
    """The evidence that a function names in the last line of its docstring."""
    lines = (ast.get_docstring(function) or "").splitlines()
    found = EVIDENCE.fullmatch(lines[-1]) if lines else None
    return tuple(found[1].split(", ")) if found else ()


@cache
def _functions(source: Path) -> tuple[tuple[str, ast.FunctionDef], ...]:
    tree = ast.parse(source.read_text(encoding="utf-8"))
    return tuple((node.name, node) for node in tree.body if isinstance(node, ast.FunctionDef))


@cache
def _table() -> dict[tuple[str, str], tuple[Reader, ...]]:
    """Readers by record and field."""
    rules = {name: _plain(source, one) for source in model_files() for name, one in _functions(source)}
    found: dict[tuple[str, str], list[Reader]] = {}
    for source in model_files():
        for _, function in _functions(source):
            read: dict[tuple[str, str], list[Reader]] = {}
            for what, callee in _reads(function):
                to = read.setdefault(what, [])
                if callee in rules and rules[callee] not in to:
                    to.append(rules[callee])
            plain = _plain(source, function)
            for what, to in read.items():
                found.setdefault(what, []).append(Reader(plain.name, plain.says, plain.evidence, tuple(to)))
    return {what: tuple(those) for what, those in found.items()}


def _plain(source: Path, function: ast.FunctionDef) -> Reader:
    says = (ast.get_docstring(function) or "").partition("\n\n")[0]
    return Reader(f"{source.stem}.{function.name}", " ".join(says.split()), evidence_of(function))


def _reads(function: ast.FunctionDef) -> Iterator[tuple[tuple[str, str], str | None]]:
    """Each record and field that the function reads, with the function it is handed to, if any."""
    held = {
        given.arg: given.annotation.id
        for given in function.args.args
        if isinstance(given.annotation, ast.Name) and given.annotation.id in RECORDS
    }
    written = {
        id(part)
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        for target in node.targets
        for part in ([target.value] if isinstance(target, ast.Subscript) else [])
    }
    yield from _inside(function, None, held, written)


def _inside(
    node: ast.AST, callee: str | None, held: dict[str, str], written: set[int]
) -> Iterator[tuple[tuple[str, str], str | None]]:
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in held:
        if id(node) not in written:
            yield (held[node.value.id], node.attr), callee
        return
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        callee = node.func.id
    for child in ast.iter_child_nodes(node):
        yield from _inside(child, callee, held, written)
