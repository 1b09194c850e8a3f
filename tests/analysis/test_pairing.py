"""What a scenario and its parent share, so that their difference is that of what the scenario says."""

from pathlib import Path

from simulation.analysis.compare import difference
from simulation.api import load
from simulation.scenario.resolve import load_scenario
from tests.analysis.frames import result_of


def test_what_varies_is_the_same_on_both_sides_where_variants_or_the_command_line_say_it():
    for scenario in (
        load_scenario("us_retrenchment", ["uncertainty=[parameters]"]),
        load_scenario("us_retrenchment", ["theory=quasi_alliance"]),
    ):
        assert scenario.parent is not None
        assert scenario.parent.uncertainty == scenario.uncertainty
        assert scenario.parent.theory == scenario.theory


def test_a_theory_of_the_file_or_of_a_variant_is_what_it_is_compared_by(tmp_path: Path):
    file = tmp_path / "other.yaml"
    text = "format: 1\ntitle: T\nextends: baseline\ntheory: liberal\nvariants: {a: {theory: net_threat}}\n"
    file.write_text(text, encoding="utf-8")
    for chosen, theirs in (((), "article"), (("a",), "liberal")):
        scenario = load_scenario(file, variants=chosen)
        assert scenario.parent is not None
        assert set(scenario.parent.theory) == {theirs}


def test_what_varies_otherwise_is_not_compared():
    result = result_of([1.0, 2.0], [2.0, 3.0])
    result.cases.loc[1, "uncertainty"] = "parameters"
    found = difference(result, "cooperation.final")
    assert found.verdict == "not comparable: the parent varies parameters"


def test_a_file_that_varies_otherwise_than_its_parent_gets_no_verdict(tmp_path: Path):
    file = tmp_path / "luck.yaml"
    text = "format: 1\ntitle: T\nextends: baseline\nmonths: 3\nuncertainty: [parameters]\n"
    file.write_text(text, encoding="utf-8")
    summary = load(file, set=["months=3"]).run(runs=5, out=tmp_path).summary()
    assert summary["difference"]["verdict"] == "not comparable: the parent varies chance, parameters"
