"""Every rule of a mechanism names the evidence it stands on, and every parameter is read by some rule."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from simulation.describe import readers
from simulation.library import seeds_folder
from simulation.model.vector import Parameters

MODEL = readers.MODEL
MECHANISMS = ("threat", "provocation", "domestic", "patronage", "alignment", "settlement")

# Mathematics, which needs no evidence: it says nothing about countries.
FORMULAS = {
    "threat": {"power", "half_life_rate", "toward"},
    "provocation": {"walked", "held"},
    "domestic": {"unit", "normal"},
    "alignment": {"logistic", "logit", "weigh", "rest_margin"},
}
TERMS_OF_DECISION = ("shared_threat", "entrapment", "retaliation", "brokered", "terms")

LINE = readers.EVIDENCE


def functions(module: str) -> dict[str, ast.FunctionDef]:
    return readers.functions_of(MODEL / f"{module}.py")


def rules(module: str) -> Iterator[str]:
    for name, function in functions(module).items():
        if any(isinstance(mark, ast.Name) and mark.id == "rule" for mark in function.decorator_list):
            yield name


def evidence_of(module: str, name: str) -> tuple[str, ...]:
    """The evidence that a rule names in the last line of its docstring."""
    return readers.evidence_of(functions(module)[name])


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


def where(parameter: str) -> set[str]:
    """The functions of the model that read a parameter."""
    return {reader.name for reader in readers.readers_of("Parameters", parameter)}


@pytest.mark.parametrize("parameter", Parameters._fields)
def test_a_rule_reads_each_parameter(parameter: str) -> None:
    assert where(parameter), f"nothing in simulation/model reads p.{parameter}"


def test_only_names_of_regimes_are_read_by_the_outputs_alone() -> None:
    alone = {name for name in Parameters._fields if all(one.startswith("outputs.") for one in where(name))}
    assert alone == {name for name in Parameters._fields if name.startswith("regime_")}


def test_rules_read_declared_parameters_only() -> None:
    assert readers.fields_read("Parameters") <= set(Parameters._fields)
    assert "behaviours.perceive" in where("intent_half_life")
