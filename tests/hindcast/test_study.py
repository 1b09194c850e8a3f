"""The study: who forecasts what, scores by hand, and the page that says them."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulation.errors import BadInput
from simulation.hindcast import study as module
from simulation.hindcast.forecasters import LOGIT, MODEL, NAMES, PERSISTENCE, WALK, Origin, Rivals, drivers
from simulation.hindcast.ground import Ground, Setup, ground_of
from simulation.hindcast.opinion import polls
from simulation.hindcast.protocol import FILE
from simulation.hindcast.shocks import kinds
from simulation.hindcast.study import Study
from simulation.record import load_record
from simulation.report.validation import manifest_of, page_parts, with_parts, write_page
from simulation.world import load_world

PAGE = Path(__file__).parents[2] / "docs" / "validation.md"
JANUARY_2019 = 2019 * 12


@pytest.fixture(scope="module")
def ground() -> Ground:
    world = load_world("northeast_asia")
    return ground_of(world, load_record(world))


@pytest.fixture(scope="module")
def rivals(ground: Ground) -> Rivals:
    return Rivals(ground)


@pytest.fixture(scope="module")
def said() -> Any:
    return json.loads(PAGE.with_suffix(".json").read_text(encoding="utf-8"))


def test_the_page_says_the_numbers_beside_it(ground: Ground, said: Any):
    """To renew both: entente hindcast --page docs/validation.md."""
    text = PAGE.read_text(encoding="utf-8")
    assert with_parts(text, page_parts(said, manifest_of(ground.world))) == text


def test_the_numbers_are_those_of_this_model(ground: Ground, said: Any, monkeypatch):
    """Within what fewer histories change. Where it fails: entente hindcast --page docs/validation.md."""
    monkeypatch.setattr(module, "RUNS", 300)
    study = Study(ground, 2)
    at = study.fixed_at
    found = study.score(study.model(at, Setup(), 300), study.happened(at))
    noted = said["fixed"]["scores"][MODEL]
    for name, score in found.items():
        assert score == pytest.approx(noted[name], abs=0.015), name


def test_rivals_begin_at_the_record_and_are_the_same_again(rivals: Rivals, ground: Ground):
    at = Origin(JANUARY_2019, 24)
    start = ground.between(JANUARY_2019 - 1, JANUARY_2019)[0]
    for name in NAMES:
        one, two = (rivals.histories(name, at, True, 50) for _ in range(2))
        assert np.array_equal(one, two)
        assert one.shape[1:] == (24, 3)
    assert (rivals.histories(PERSISTENCE, at, True, 1) == start).all()
    first = rivals.histories(WALK, at, True, 4000)[:, 0]
    assert (first == start).mean() > 0.8


def test_only_the_logit_hears_of_drivers(rivals: Rivals):
    at = Origin(2021 * 12, 24)
    told = {name: rivals.histories(name, at, True, 200) for name in NAMES}
    untold = {name: rivals.histories(name, at, False, 200) for name in NAMES}
    assert [name for name in NAMES if not np.array_equal(told[name], untold[name])] == [LOGIT]


def test_drivers_of_the_logit_by_hand(ground: Ground):
    month = 2022 * 12 + 5  # June: launches of half a year, Yoon since May, Kishida, Biden
    columns = drivers(ground, month, month + 1)[0]
    missiles = sum(each.missiles for each in ground.record.launches if month - 5 <= each.month <= month)
    assert columns.tolist() == [pytest.approx(np.log1p(missiles)), 0.0, 1.0, 1.0, 1.0]
    before = drivers(ground, 2019 * 12, 2019 * 12 + 1)[0]  # Abe, Moon, Trump; courts and lock-on behind
    assert before[1] >= 4.0
    assert before[2:].tolist() == [0.0, 0.0, 0.0]


def test_horizons_and_wins_by_hand(ground: Ground):
    study = Study(ground, 1)
    ours, theirs = np.full((24, 3), 0.2), np.full((24, 3), 0.1)
    rows = [
        {"origin": 24180, "who": MODEL, "scores": ours},
        {"origin": 24180, "who": WALK, "scores": theirs},
        {"origin": 24240, "who": MODEL, "scores": theirs},
        {"origin": 24240, "who": WALK, "scores": 4 * ours},
        {"origin": 24290, "who": MODEL, "scores": ours[:6]},
        {"origin": 24290, "who": WALK, "scores": ours[:6]},
    ]
    found = study.at_horizon(rows, 24, lambda _: True)
    assert found["origins"] == 2
    assert found["scores"][MODEL]["pooled"] == pytest.approx(0.15)
    assert found["scores"][WALK]["security"] == pytest.approx(0.45)
    assert found["better_than"] == {WALK: 1}
    assert study.at_horizon(rows, 6, lambda month: month >= 24240)["origins"] == 2


def test_events_are_those_within_a_year(ground: Ground):
    study = Study(ground, 1)
    at = Origin(JANUARY_2019, 24)
    found = study.events(study.happened(at)[None], at)
    # 2019: the diplomatic track rose in October, intelligence was given notice on, curbs came.
    assert found["reached"][1] == [True, False, False]
    assert found["lost"][1] == [False, True, True]


def test_polls_a_year_apart(ground: Ground):
    pairs = polls(ground)
    japanese = [each for each in pairs if each.population == "JPN"]
    assert (japanese[0].year, japanese[0].before, japanese[0].after) == (2013, 37.3, 54.4)
    assert len(japanese) == 10
    no_change = np.mean([abs(each.after - each.before) for each in pairs if each.population == "KOR"])
    assert no_change == pytest.approx(8.54, abs=0.01)


def test_kinds_of_shocks_are_what_came_from_outside(ground: Ground):
    found = {kind.name: len(kind.events) for kind in kinds(ground)}
    assert found["court against"] == 9
    assert "government against" not in found


def test_a_page_of_ones_own_is_made_and_one_without_its_marks_is_refused(
    ground: Ground, said: Any, tmp_path: Path
):
    page = tmp_path / "mine.md"
    assert write_page(said, ground.world, page)[0] == page
    assert "| model |" in page.read_text(encoding="utf-8")
    assert (tmp_path / "figures" / "hindcast_bands.png").stat().st_size > 10_000
    page.write_text("# Mine\n", encoding="utf-8")
    with pytest.raises(BadInput, match="lacks the mark"):
        write_page(said, ground.world, page)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  court_ruling: {", "  court_rulling: {", 'unknown kind of event "court_rulling"'),
        ("against: court_ruling,", "against: court_rulings,", 'unknown event "court_rulings"'),
        ("  V024:", "  V999:", 'unknown key of events.csv "V999"'),
        ("{from: 2012-01, until", "{from: 2010-01, until", "the record does not hold 2010-01"),
        ("replay: 36", "replay: 48", "a replay of 48 months before 2015-01 begins before the record does"),
        ("until: 2018-12", "until: 2024-06", "6 months of the record are left to score"),
        ("until: 2018-12", "until: 2013-12", "the training years hold 24 months, fewer than a replay"),
        (
            "from: 2015-01, every",
            "from: 2018-07, every",
            "no year after an origin from 2018-07 on lies in the",
        ),
        (
            "ahead: [6, 12, 24]",
            "ahead: [6, 73]",
            "no origin after the training years has 73 months on record",
        ),
        ("ahead: [6, 12, 24]", "ahead: []", "no number of months stands in this list"),
        ("survey: genron_eai", "survey: genron_aei", 'did you mean "genron_eai"?'),
        ("question: impression", "question: impresion", 'did you mean "impression"?'),
        ("launches: PRK", "launches: PKR", 'did you mean "PRK"?'),
        ("conservative.JPN: {value: 0.3", "conservative.JPN: {value: 3", "from -1 to 1"),
        ("scrambles_russia: 0.1", "scrambles_rusia: 0.1", "scrambles_russia"),
    ],
)
def test_faults_in_the_rules_are_told(ground: Ground, tmp_path: Path, old: str, new: str, said: str):
    for path in ground.record.folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    rules = tmp_path / FILE
    text = rules.read_text(encoding="utf-8")
    assert old in text
    rules.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        ground_of(ground.world, load_record(ground.world, tmp_path))
    assert said in str(caught.value)
    assert "hindcast.yaml:" in str(caught.value)


def test_a_record_without_rules_is_refused(ground: Ground, tmp_path: Path):
    for path in ground.record.folder.iterdir():
        if path.name != FILE:
            (tmp_path / path.name).write_bytes(path.read_bytes())
    with pytest.raises(BadInput, match=r"there is no hindcast\.yaml beside the record"):
        ground_of(ground.world, load_record(ground.world, tmp_path))


def test_a_shorter_record_is_scored_to_its_end(ground: Ground):
    shorter = replace(ground.record, launches=ground.record.launches[:-12])
    other = ground_of(ground.world, shorter)
    assert Study(other, 1).fixed_at == Origin(JANUARY_2019, 60)
