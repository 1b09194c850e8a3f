"""What a scenario file expects of its runs, as read: values, messages, whose it is, and its text."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.errors import BadInput
from simulation.library import scenarios_folder
from simulation.scenario.expectations import Expectation
from simulation.scenario.resolve import load_scenario
from simulation.scenario.writing import canonical, to_yaml
from tests.scenario.files import ROOT, child, write

ALL = """\
expect:
  - {measure: cooperation.final, above: 40, in: 0.8}
  - {measure: months_to.security.4, between: [1, 24], in: 1}
  - {measure: acts.PRK, mean: {below: 35.5}}
  - {measure: cooperation.final, than: parent, mean: {between: [-30, -0]}}
  - {measure: cooperation.final, than: parent, below: 0, in: 0.5}
"""
READ = (
    Expectation("cooperation.final", "above", (40.0,), 0.8),
    Expectation("months_to.security.4", "between", (1.0, 24.0), 1.0),
    Expectation("acts.PRK", "below", (35.5,), None),
    Expectation("cooperation.final", "between", (-30.0, 0.0), None, than_parent=True),
    Expectation("cooperation.final", "below", (0.0,), 0.5, than_parent=True),
)


def said(one: str, root: bool = False) -> str:
    """What is said of a file that expects this one thing; the line of the file left out."""
    text = f"expect:\n  - {one}\n"
    if root:
        write("x", ROOT + text)
    else:
        child("x", "baseline", text)
    with pytest.raises(BadInput) as caught:
        load_scenario("x")
    return "\n".join(
        line
        for line in str(caught.value).splitlines()
        if line.startswith(("scenarios/", "  ")) and line[4] != " "
    )


def test_what_a_file_expects():
    child("x", "baseline", ALL)
    got = load_scenario("x").expectations
    assert got == READ
    assert [str(one.place) for one in got[:2]] == ["scenarios/x.yaml:5:5", "scenarios/x.yaml:6:5"]
    assert [str(one) for one in got] == [
        "cooperation.final above 40 in at least 80 % of runs",
        "months_to.security.4 between 1 and 24 in at least 100 % of runs",
        "mean of acts.PRK below 35.5",
        "mean of cooperation.final less its parent's between -30 and 0",
        "cooperation.final less its parent's below 0 in at least 50 % of runs",
    ]


C = "measure: cooperation.final"
AND = "and a single word stands here"
WRONG = {
    "{measure: cooperation.finl, above: 40, in: 0.8}": (
        '5:15: unknown measure "cooperation.finl"', 'did you mean "cooperation.final"?'),
    "{measure: acts.JNP, above: 4, in: 0.8}": (
        '5:15: unknown measure "acts.JNP"', 'did you mean "acts.JPN"?'),
    "{above: 40, in: 0.8}": ('5:5: the key "measure" is missing',),
    f"{{{C}, above: 40, below: 60, in: 0.8}}": (
        '5:45: "below" is a second relation, beside "above"',
        "make it two expectations, or use `between: [a, b]`"),
    f"{{{C}, mean: {{above: 4, below: 6}}}}": (
        '5:51: "below" is a second relation, beside "above"',
        "make it two expectations, or use `between: [a, b]`"),
    f"{{{C}, in: 0.8}}": ("5:5: no relation stands here", "one of: above, below, between"),
    f"{{{C}}}": ("5:5: no relation stands here", "one of: above, below, between"),
    f"{{{C}, mean: {{}}}}": ("5:40: no relation stands here", "one of: above, below, between"),
    f"{{{C}, above: 40}}": (
        '5:5: the key "in" is missing',
        "say in what share of the runs: `in: 0.8`; for the mean write `mean: {above: 40}`"),
    f"{{{C}, above: 140, in: 0.8}}": (
        "5:41: 140 is above the highest value, 100 points", "from 0 to 100 points"),
    f"{{{C}, than: parent, below: -101, in: 0.8}}": (
        "5:55: -101 is below the lowest value, -100 points", "from -100 to 100 points"),
    "{measure: final.security, below: 7, in: 0.8}": (
        "5:38: 7 is above the highest value, 6 rungs", "from 0 to 6 rungs"),
    "{measure: months_to.security.4, below: 61, in: 0.8}": (
        "5:44: 61 is above the highest value, 60 months", "from 1 to 60 months"),
    "{measure: reversals.security, below: -1, in: 0.8}": ("5:42: -1 is below the lowest value, 0 count",),
    f"{{{C}, above: 100, in: 0.8}}": (
        "5:41: cooperation.final is never above 100 points, the highest value",),
    f"{{{C}, below: 0, in: 0.8}}": ("5:41: cooperation.final is never below 0 points, the lowest value",),
    f"{{{C}, above: forty, in: 0.8}}": ('5:41: "forty" is not a number (points)',),
    f'{{{C}, above: "40", in: 0.8}}': (
        '5:41: "40" is a text; a number (points) is wanted here', "drop the quotes"),
    f"{{{C}, above: 40, in: 80}}": ("5:49: 80 is above the highest value, 1", "from 0 to 1"),
    f"{{{C}, above: 40, in: 0}}": (
        "5:49: a share of 0 holds whatever the runs are", "a share is above 0 and at most 1"),
    f"{{{C}, mean: 40}}": (
        "5:40: a relation such as {above: 40} is wanted here, and a single word stands here",),
    f"{{{C}, mean: {{above: 40}}, in: 0.5}}": (
        '5:53: "in" cannot stand beside `mean`: a mean is of all runs',),
    f"{{{C}, mean: {{above: 40}}, above: 3}}": ('5:53: "above" stands beside `mean`', "put it into `mean`"),
    f"{{{C}, abvoe: 40, in: 0.5}}": ('5:34: unknown key of an expectation "abvoe"', 'did you mean "above"?'),
    f"{{{C}, mean: {{abvoe: 40}}}}": ('5:41: unknown relation "abvoe"', 'did you mean "above"?'),
    f"{{{C}, than: baseline, mean: {{above: 4}}}}": (
        '5:40: unknown scenario to compare with "baseline"', "one of: parent"),
    "{measure: months_to.security.4, mean: {above: 4}}": (
        "5:37: months_to.security.4 is empty in runs that never get there, and has no mean over all",
        "expect it of a share of the runs: a run that never gets there is neither above nor below"),
    f"{{{C}, between: 40, in: 0.5}}": (
        "5:43: two numbers such as [30, 50] are wanted here, and a single word stands here",),
    f"{{{C}, between: [40], in: 0.5}}": ("5:43: `between` takes two numbers, and 1 stand here", "[30, 50]"),
    f"{{{C}, between: [60, 40], in: 0.5}}": (
        "5:43: 60 is above 40: nothing lies between", "write the lower number first"),
    "{measure: acts.JPN, above: 3, in: 0.5}": (
        "5:15: acts.JPN is 0 in every run: JPN is no challenger", "one of: acts.PRK, acts.CHN, acts.RUS"),
    "{measure: final.security, above: 9, in: 0.5}": (
        "5:38: 9 is above the highest value, 6 rungs", "from 0 to 6 rungs"),
    "cooperation.final": (
        f"5:5: an expectation such as {{{C}, above: 40, in: 0.8}} is wanted here, {AND}",),
}  # fmt: skip


@pytest.mark.parametrize("one", WRONG)
def test_the_message_is(one: str):
    place, *hint = WRONG[one]
    assert said(one) == "\n".join([f"scenarios/x.yaml:{place}", *(f"  {line}" for line in hint)])


def test_expectations_are_a_list():
    child("x", "baseline", "expect: {measure: cooperation.final}\n")
    with pytest.raises(BadInput, match="a list of expectations is wanted here, and a mapping stands here"):
        load_scenario("x")


def test_a_root_has_no_parent_to_differ_from():
    assert said(f"{{{C}, than: parent, mean: {{above: 4}}}}", root=True) == (
        "scenarios/x.yaml:5:40: this scenario extends nothing, and has no parent\n  leave `than` out"
    )


@pytest.mark.parametrize("line", ["start: 2023-07", "months: 59", "rng_seed: 1", "focus: [JPN, USA]"])
def test_nothing_is_expected_of_a_difference_that_does_not_pair(line: str):
    child("x", "baseline", f"{line}\nexpect: [{{{C}, than: parent, mean: {{above: 4}}}}]\n")
    key = line.split(":", maxsplit=1)[0]
    with pytest.raises(BadInput, match=f"its runs do not pair with its parent's: `{key}` differs"):
        load_scenario("x")


def test_a_country_that_takes_no_part_has_no_measures():
    child("x", "baseline", "without: [RUS]\nexpect: [{measure: acts.RUS, above: 4, in: 0.5}]\n")
    with pytest.raises(BadInput, match=r'unknown measure "acts\.RUS"'):
        load_scenario("x")


def test_a_child_inherits_none():
    child("old", "baseline", ALL)
    child("young", "old")
    child("other", "old", f"expect: [{{{C}, above: 1, in: 0.1}}]\n")
    young, other = load_scenario("young"), load_scenario("other")
    assert young.expectations == ()
    assert young.parent is not None
    assert young.parent.expectations == READ
    assert other.expectations == (Expectation("cooperation.final", "above", (1.0,), 0.1),)


def test_what_the_command_line_makes_meaningless_falls_away():
    child("x", "baseline", ALL + "  - {measure: gestures.JPN, mean: {below: 9}}\n")
    other = load_scenario("x", ["focus=[KOR, USA]"])
    assert [one.measure for one in other.expectations] == [
        "cooperation.final", "months_to.security.4", "acts.PRK"]  # fmt: skip
    assert load_scenario("x", ["choice.pace=0.3", "months=40"]).expectations[:5] == READ
    child("typo", "baseline", "expect: [{measure: gestures.JNP, mean: {below: 9}}]\n")
    with pytest.raises(BadInput, match=r'unknown measure "gestures\.JNP"'):
        load_scenario("typo", ["focus=[KOR, USA]"])


def test_the_command_line_can_expect_something_else():
    child("x", "baseline", ALL)
    got = load_scenario("x", ["expect=[{measure: final.security, above: 2, in: 0.5}]"])
    assert got.expectations == (Expectation("final.security", "above", (2.0,), 0.5),)


def test_a_variant_expects_other_things_than_its_file():
    own = f"variants:\n  high: {{background: 2, expect: [{{{C}, than: parent, mean: {{below: 0}}}}]}}\n"
    write("x", ROOT + f"expect: [{{{C}, above: 1, in: 0.1}}]\n{own}  low: {{background: 0.5}}\n")
    high = Expectation("cooperation.final", "below", (0.0,), None, than_parent=True)
    assert load_scenario("x", variants=["high"]).expectations == (high,)
    assert load_scenario("x", variants=["low"]).expectations == ()
    assert len(load_scenario("x").expectations) == 1
    told = [f"expect=[{{{C}, above: 2, in: 0.5}}]"]
    mine = (Expectation("cooperation.final", "above", (2.0,), 0.5),)
    assert load_scenario("x", told, ["high"]).expectations == mine
    assert load_scenario("x", told, ["low"]).expectations == mine


def test_a_branch_expects_nothing():
    fork = f"forks: {{at: 2024-01, branches: {{a: {{expect: [{{{C}, above: 1, in: 0.1}}]}}}}}}\n"
    child("x", "baseline", fork)
    with pytest.raises(BadInput) as caught:
        load_scenario("x")
    (fault,) = caught.value.faults
    assert fault.message == "expectations are of the trunk, and a branch has none"
    assert (
        fault.hint
        == "what is expected of a future is said in a variant, whose values may begin `from` a month"
    )


def test_expectations_are_no_assumptions():
    child("x", "baseline", ALL)
    child("y", "baseline")
    one, other = load_scenario("x"), load_scenario("y")
    assert canonical(one, with_runs=True) == canonical(other, with_runs=True)


def test_they_come_back_from_the_text_but_for_those_about_the_parent(tmp_path: Path):
    child("x", "baseline", ALL)
    written = load_scenario("x")
    assert to_yaml(written).endswith(
        """\
expect:
  - {measure: cooperation.final, above: 40, in: 0.8}
  - {measure: months_to.security.4, between: [1, 24], in: 1}
  - {measure: acts.PRK, mean: {below: 35.5}}
"""
    )
    path = tmp_path / "again.yaml"
    path.write_text(to_yaml(written), encoding="utf-8")
    assert load_scenario(path).expectations == READ[:3]


@pytest.mark.parametrize("path", sorted(scenarios_folder().glob("*.yaml")), ids=lambda path: path.stem)
def test_every_scenario_of_the_library_expects_something(path: Path):
    assert len(load_scenario(path).expectations) >= 2


WORDS = [
    "cooperation.final", "months_to.security.3", "parent", "40", "-0", "0.5", "1e3", "~", "'x'", "[1, 2]",
    "[2, 1]", "[1, 2, 3]", "[]", "{}", "{above: 3}", "{below: [1]}", "[[1], {a: 1}]",
]  # fmt: skip
ITEM = st.dictionaries(
    st.sampled_from(["measure", "than", "above", "below", "between", "in", "mean", "abve"]),
    st.sampled_from(WORDS),
    max_size=4,
).map(lambda said: "{" + ", ".join(f"{key}: {value}" for key, value in said.items()) + "}")


@settings(max_examples=25)
@given(
    items=st.lists(ITEM | st.sampled_from(WORDS), max_size=3),
    line=st.sampled_from(["", "start: 2023-07\n", "without: [RUS]\n", "months: 0\n", "focus: [JPN, JPN]\n"]),
    overrides=st.sampled_from([[], ["focus=[KOR, USA]"], ["expect=3"], ["months=5"]]),
)
def test_whatever_is_expected_is_read_or_at_fault(items: list[str], line: str, overrides: list[str]):
    child("any", "baseline", f"{line}expect: [{', '.join(items)}]\n")
    try:
        said = [str(one) for one in load_scenario("any", overrides).expectations]
    except BadInput as error:
        said = [str(error)]
    assert all(said)
