"""Every rule of a mechanism names the evidence it stands on, and every parameter is read by some rule."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from simulation.library import seeds_folder
from simulation.model import alignment
from simulation.model.vector import Parameters

MODEL = Path(alignment.__file__).parent
MECHANISMS = ("threat", "provocation", "domestic", "patronage", "alignment", "settlement")

# Mathematics, which needs no evidence: it says nothing about countries.
FORMULAS = {
    "threat": {"power", "half_life_rate", "toward"},
    "provocation": {"walked", "held"},
    "domestic": {"unit", "normal"},
    "alignment": {"logistic", "logit", "weigh", "rest_margin"},
}
TERMS_OF_DECISION = ("shared_threat", "entrapment", "retaliation", "brokered", "terms")

LINE = re.compile(r"Evidence: ([ER]\d\d+(?:, [ER]\d\d+)*)\.")


@cache
def functions(module: str) -> dict[str, ast.FunctionDef]:
    tree = ast.parse((MODEL / f"{module}.py").read_text(encoding="utf-8"))
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def rules(module: str) -> Iterator[str]:
    for name, function in functions(module).items():
        if any(isinstance(mark, ast.Name) and mark.id == "rule" for mark in function.decorator_list):
            yield name


def evidence_of(module: str, name: str) -> tuple[str, ...]:
    """The evidence that a rule names in the last line of its docstring."""
    lines = (ast.get_docstring(functions(module)[name]) or "").splitlines()
    found = LINE.fullmatch(lines[-1]) if lines else None
    return tuple(found[1].split(", ")) if found else ()


@cache
def claims() -> frozenset[str]:
    text = (seeds_folder() / "northeast_asia" / "evidence.yaml").read_text(encoding="utf-8")
    return frozenset(re.findall(r"^  ([ER]\d+):", text, re.MULTILINE))


def owing() -> list[tuple[str, str]]:
    """Every rule that must name evidence."""
    found = [
        (module, name)
        for module in MECHANISMS
        for name in rules(module)
        if name not in FORMULAS.get(module, set())
    ]
    return found + [("decision", name) for name in TERMS_OF_DECISION]


@pytest.mark.parametrize(("module", "name"), owing(), ids=lambda word: word)
def test_a_rule_of_a_mechanism_names_its_evidence(module: str, name: str) -> None:
    assert evidence_of(module, name), (
        f"{module}.{name}: its docstring does not end with `Evidence: E07, R12.`"
    )


@pytest.mark.parametrize("source", sorted(MODEL.glob("*.py")), ids=lambda path: path.stem)
def test_evidence_that_code_names_exists(source: Path) -> None:
    for line in source.read_text(encoding="utf-8").splitlines():
        if "Evidence:" in line:
            found = LINE.fullmatch(line.strip())
            assert found, f"{source.name}: not of the form `Evidence: E07, R12.`: {line.strip()}"
            named = found[1].split(", ")
            assert set(named) <= claims(), f"{source.name}: no such evidence in {line.strip()}"
            assert len(set(named)) == len(named), f"{source.name}: named twice in {line.strip()}"


@pytest.mark.parametrize(("module", "names"), FORMULAS.items(), ids=FORMULAS.keys())
def test_formulas_are_rules_that_name_no_evidence(module: str, names: set[str]) -> None:
    assert names <= set(rules(module))
    assert not {name for name in names if evidence_of(module, name)}


def test_an_unknown_claim_would_be_found() -> None:
    assert LINE.fullmatch("Evidence: E07, R12.")
    assert not LINE.fullmatch("Evidence: E07 R12")
    assert "E07" in claims()
    assert "E999" not in claims()


@cache
def readers() -> dict[str, frozenset[str]]:
    """By parameter, the functions of the model that read it as `p.name`."""
    found: dict[str, set[str]] = {}
    for source in sorted(MODEL.glob("*.py")):
        for name, function in functions(source.stem).items():
            held = {
                given.arg
                for given in function.args.args
                if isinstance(given.annotation, ast.Name) and given.annotation.id == "Parameters"
            }
            for node in ast.walk(function):
                if (
                    isinstance(node, ast.Attribute)
                    and isinstance(node.value, ast.Name)
                    and node.value.id in held
                ):
                    found.setdefault(node.attr, set()).add(f"{source.stem}.{name}")
    return {parameter: frozenset(where) for parameter, where in found.items()}


@pytest.mark.parametrize("parameter", Parameters._fields)
def test_a_rule_reads_each_parameter(parameter: str) -> None:
    assert readers().get(parameter), f"nothing in simulation/model reads p.{parameter}"


def test_only_names_of_regimes_are_read_by_the_outputs_alone() -> None:
    alone = {name for name, where in readers().items() if all(one.startswith("outputs.") for one in where)}
    assert alone == {name for name in Parameters._fields if name.startswith("regime_")}


def test_rules_read_declared_parameters_only() -> None:
    assert set(readers()) <= set(Parameters._fields)
    assert "behaviours.perceive" in readers()["intent_half_life"]
