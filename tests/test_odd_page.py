"""docs/odd.md: its tables are made from rules and seeds, and what it names exists.

To renew the tables: `.venv/bin/python -m tests.test_odd_page`. The tables of rules hold six digits of the
code of each: where they change, the equations above the table have to be read against the code again.
"""

import ast
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator

import pytest

from simulation.describe import readers
from simulation.document import month_text
from simulation.model.catalogue import series_of
from simulation.model.state import Drivers, Luck, Setting, State
from simulation.parameters import Declaration
from simulation.scenario.measures import measures_of
from simulation.scenario.schema import NAMES
from simulation.world import Value, load_world
from simulation.world.effects import EFFECTS, in_words
from simulation.world.whole import TERMS
from tests.odd import ROOT, SUBMODELS, SYMBOLS, rules, sources, submodel_of

PAGE = ROOT / "docs" / "odd.md"
WORLD = load_world("northeast_asia")
ROW = "| {} |".format


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    titles = list(head)
    return [ROW(" | ".join(cells)) for cells in (titles, ["---"] * len(titles), *rows)]


def code_of(module: str, name: str) -> str:
    """Six digits that change with the code of a function, its docstring aside."""
    function = readers.functions_of(sources()[module])[name]
    body = function.body[1:] if ast.get_docstring(function) else function.body
    text = "\n".join(ast.unparse(each) for each in (function.args, *body))
    return hashlib.sha256(text.encode()).hexdigest()[:6]


def rules_table(key: str) -> list[str]:
    rows = []
    for whole in SUBMODELS[key]:
        module, name = whole.split(".")
        path = sources()[module]
        evidence = readers.evidence_of(readers.functions_of(path)[name])
        link = f"[{module}.py](../{path.relative_to(ROOT).as_posix()})"
        rows.append([f"`{whole}`", link, ", ".join(evidence) or "–", code_of(module, name)])
    return table(["rule", "file", "evidence", "code"], rows)


def span(value: Value) -> str:
    return f"{value.value:g} ({value.low:g} to {value.high:g})"


def basis(values: Iterable[Value]) -> str:
    found = list(values)
    evidence = sorted({key for one in found for key in one.evidence})
    return ", ".join([*evidence, *(["assumption"] if any(one.assumption for one in found) else [])])


def parameters_table(key: str) -> list[str]:
    rows = []
    for path, declared in WORLD.declarations.items():
        if submodel_of(path) == key:
            held = [value for value in WORLD.values.values() if WORLD.declaration(value.path) is declared]
            rows.append([f"${SYMBOLS[path]}$", f"`{path}`", size(declared, held), declared.unit,
                         declared.meaning, basis(held)])  # fmt: skip
    if not rows:
        return []
    return ["", *table(["symbol", "parameter", "value (range)", "unit", "meaning", "rests on"], rows)]


def size(declared: Declaration, held: list[Value]) -> str:
    if declared.by == "none":
        return span(held[0])
    low, high = min(one.value for one in held), max(one.value for one in held)
    rest = "" if declared.default is None else f"; others {declared.default:g}"
    where = "#theories" if declared.by == "term" else "#all-values"
    return f"[{len(held)} by {declared.by.replace('_', ' and ')}]({where}), {low:g} to {high:g}{rest}"


def entities_table() -> list[str]:
    rows = []
    for code, one in WORLD.countries.items():
        camps = "; ".join(f"**{name}**: {said}" for name, said in one.camps.items())
        since = [held for held in one.government if held.since <= WORLD.reference][-1].value
        vote = (
            "–"
            if one.election is None
            else f"every {one.election.every} months from {month_text(one.election.first)}"
        )
        levels = ", ".join(f"{name} {span(value)}" for name, value in WORLD.levels.get(code, {}).items())
        rows.append([code, one.name, camps, since, vote, levels or "–"])
    heads = ["code", "country", "camps", f"governs in {month_text(WORLD.reference)}", "elections",
             "levels of tempo, acts/year"]  # fmt: skip
    return table(heads, rows)


def ladders_table() -> list[str]:
    rows = []
    for one in WORLD.tracks:
        rungs = " · ".join(f"{k} {name}" for k, name in enumerate(one.rungs))
        rows.append([one.name, span(one.weight), rungs, basis([one.weight])])
    return table(["track", "weight in the index, share", "rungs", "rests on"], rows)


def theories_table() -> list[str]:
    def cell(theory: str, term: str) -> str:
        value = WORLD.values.get(f"weights.{theory}.{term}")
        return "–" if value is None else f"{value.value:g} ({value.low:g} to {value.high:g})"

    rows = [[f"`{term}`", *(cell(theory, term) for theory in WORLD.theories)] for term in TERMS]
    said = [[f"`{name}`", one.meaning, ", ".join(one.evidence)] for name, one in WORLD.theories.items()]
    return [
        *table(["theory", "why countries align", "evidence"], said),
        "",
        *table(["term", *(f"`{name}`" for name in WORLD.theories)], rows),
    ]


def events_rows() -> list[str]:
    rows = [
        [f"`{one.name}`", one.meaning, "; ".join(in_words(effect) for effect in one.effects),
         ", ".join(one.evidence)]
        for one in WORLD.events.values()
    ]  # fmt: skip
    return table(["event", "meaning", "effects", "evidence"], rows)


def values_table() -> list[str]:
    rows = [
        [f"`{path}`", f"{value.value:g}", f"{value.low:g} to {value.high:g}", value.unit,
         "; ".join([*([", ".join(value.evidence)] if value.evidence else []),
                    *([value.assumption] if value.assumption else [])])]
        for path, value in WORLD.values.items()
        if not path.startswith("weights.")
    ]  # fmt: skip
    return table(["path", "value", "range", "unit", "rests on"], rows)


def tables() -> Iterator[tuple[str, list[str]]]:
    yield "entities", entities_table()
    yield "ladders", ladders_table()
    yield "theories", theories_table()
    yield "events", events_rows()
    yield "values", values_table()
    for key in SUBMODELS:
        yield f"submodel {key}", [*rules_table(key), *parameters_table(key)]


def renewed(text: str) -> str:
    """The page with its tables made anew."""
    for name, rows in tables():
        begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
        assert begin in text, f"docs/odd.md has no place for the table {name!r}"
        before, _, rest = text.partition(begin)
        text = before + begin + "\n".join(rows) + "\n" + end + rest.partition(end)[2]
    return text


def page() -> str:
    return PAGE.read_text(encoding="utf-8")


def prose() -> str:
    """The page without its generated tables."""
    return re.sub(r"<!-- (.+?) -->\n.*?<!-- end of \1 -->", "", page(), flags=re.DOTALL)


def section(key: str) -> str:
    """What is said by hand of a submodel, from its heading to its table."""
    return page().partition(f"<!-- submodel {key} -->")[0].rpartition("\n### ")[2]


def mathematics(text: str) -> list[str]:
    return [a or b for a, b in re.findall(r"\$\$\n(.+?)\n\$\$|(?<!\$)\$([^$\n]+)\$(?!\$)", text, re.DOTALL)]


def test_the_tables_are_current():
    message = "read the equations of the rules that changed, then: .venv/bin/python -m tests.test_odd_page"
    assert page() == renewed(page()), message


def test_every_rule_is_in_one_submodel():
    stated = Counter(name for names in SUBMODELS.values() for name in names)
    assert set(stated) == set(rules())
    assert [name for name, count in stated.items() if count > 1] == []


def test_every_parameter_has_a_symbol_of_its_own():
    assert set(SYMBOLS) == set(WORLD.declarations)
    assert len(set(SYMBOLS.values())) == len(SYMBOLS)


@pytest.mark.parametrize("path", SYMBOLS)
def test_every_parameter_is_in_the_mathematics_of_its_submodel(path: str):
    # Indices differ from place to place: what counts is the symbol without them.
    symbol = re.escape(re.sub(r"_\{?\w+\}?", "_", SYMBOLS[path])).replace("_", r"_\{?\w+\}?")
    alone = re.compile(rf"(?<![\w\\^]){symbol}(?!\w|\^[^{{])")
    said = section(submodel_of(path))
    assert any(alone.search(formula) for formula in mathematics(said)), f"{path} is not in its submodel"
    assert f"`{path}`" in page()


def test_the_seven_elements_and_the_eleven_concepts_stand_in_their_order():
    assert re.findall(r"^## (\d)\. (.+)$", page(), re.MULTILINE) == [
        ("1", "Purpose and patterns"),
        ("2", "Entities, state variables and scales"),
        ("3", "Process overview and scheduling"),
        ("4", "Design concepts"),
        ("5", "Initialization"),
        ("6", "Input data"),
        ("7", "Submodels"),
    ]
    concepts = page().partition("## 4. ")[2].partition("## 5. ")[0]
    assert re.findall(r"^\*\*(.+?)\.\*\*", concepts, re.MULTILINE) == [
        "Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction", "Sensing",
        "Interaction", "Stochasticity", "Collectives", "Observation",
    ]  # fmt: skip


def known() -> set[str]:
    """Every name that the page may use: of rules, of what can be set, and of what a run holds and yields."""
    codes, tracks = WORLD.codes, tuple(track.name for track in WORLD.tracks)
    tops = tuple(track.top for track in WORLD.tracks)
    records = [field for record in (State, Setting, Drivers, Luck) for field in record._fields]
    yielded = [one.name for one in measures_of(codes, tracks, tops, (0, 1))]
    yielded += [one.name for one in series_of(codes, tracks, tops, (0, 1))]
    names = {name for whole in rules() for name in (whole, whole.split(".")[1])}
    names |= {*records, *TERMS, *EFFECTS, *NAMES, *WORLD.declarations, *WORLD.names, *WORLD.theories}
    return names | {*yielded, *WORLD.events}


def test_what_the_prose_names_exists():
    said = set(re.findall(r"(?<!`)`([^`\n]+)`(?!`)", prose()))
    unknown = {
        name
        for name in said - known()
        if not name.startswith(("entente ", ".venv/bin/python -m tests.test_odd_page"))
        and not (ROOT / name).exists()
    }
    assert not unknown


def test_every_state_variable_is_described():
    described = set(re.findall(r"`([^`\n]+)`", page().partition("## 2. ")[2].partition("## 3. ")[0]))
    assert set(State._fields) - described == set()


def test_mathematics_survives_markdown():
    formulas = mathematics(prose())
    assert len(formulas) > 100
    for formula in formulas:
        assert not re.search(r"\\[,;:!{}%_\\*]|[*|<>]|[^\w]_", formula), formula
        assert formula.count("{") == formula.count("}")
        pairs = [len(re.findall(rf"\\{side}(?![a-z])", formula)) for side in ("left", "right")]
        assert pairs[0] == pairs[1], formula


if __name__ == "__main__":
    PAGE.write_text(renewed(page()), encoding="utf-8")
