"""Whatever a file holds, it becomes a scenario or faults, and never another error."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from simulation.errors import BadInput
from simulation.scenario import ground
from simulation.scenario.resolve import load_scenario
from simulation.scenario.writing import to_yaml
from simulation.world import load_world

WORLD = load_world("northeast_asia")
LINES = [
    "format: 1",
    "title: X",
    "why: Y?",
    "world: northeast_asia",
    "extends: baseline",
    "start: 2023-01",
    "months: 24",
    "runs: 10",
    "theory: {article: 1, liberal: 0}",
    "uncertainty: [chance]",
    "background: 0",
    "without: [RUS]",
    (
        "threats: {PRK: {profile: ramp, from: low, to: 9, over: 3, at: 2023-05}, CHN: high, RUS: "
        "{profile: sum, parts: [3, {profile: walk, base: 0, persistence: 0.5, sd: 9}, {profile: pulse, "
        "base: 0, peak: 1, at: 2024-02, width: 3}, {profile: cycle, base: 0, amplitude: 2, period: 6}]}}"
    ),
    "set: {commitment.USA.KOR: {value: 0.5, from: 2023-04}, weights.article.gain: 0.2, cover.PRK.RUS: 1}",
    "events: [{at: 2024-01, event: step, country: USA, partner: KOR, track: security, steps: 2}]",
    "focus: [KOR, USA]",
]
WORDS = sorted({word for line in LINES for word in line.replace(",", " ").replace(":", " ").split()})
ODD = ["{}", "[]", "", "~", "-1", "1e999", "'x'", "2030-01", "JPN", "{a: 1}", "[a, b]", "é"]
PIECES = st.sampled_from([*WORDS, *ODD])


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The world is read once: reading it is another module's to test."""
    monkeypatch.setattr(ground, "load_world", lambda _: WORLD)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Some of the lines, with some of their words exchanged."""
    lines = ["format: 1", "title: X", "world: northeast_asia"]
    lines += draw(st.lists(st.sampled_from(LINES[4:]), max_size=len(LINES), unique=True))
    for _ in range(draw(st.integers(0, 1))):
        at = draw(st.integers(0, len(lines) - 1))
        words = lines[at].split(" ")
        words[draw(st.integers(0, len(words) - 1))] = draw(PIECES)
        lines[at] = " ".join(words)
    return "\n".join(lines) + "\n"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(texts(), st.lists(st.tuples(st.sampled_from(WORDS), PIECES), max_size=1))
def test_a_file_becomes_a_scenario_that_comes_back_from_its_text_or_faults(
    quick: None, tmp_path: Path, text: str, overrides: list[tuple[str, str]]
):
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        got = load_scenario(path, [f"{key}={value}" for key, value in overrides])
    except BadInput as error:
        faults = error.faults
        assert faults, "a refusal says why"
    else:
        event("resolved")
        path.write_text(to_yaml(got), encoding="utf-8")
        assert load_scenario(path) == got
