"""Scenarios for explanations: a family in a folder of its own, with a parent, variants and forks."""

from pathlib import Path

import pytest

OLD = """\
format: 1
title: Old
world: northeast_asia
months: 36
threats: {PRK: medium}
set:
  intent.half_life: 8
"""
YOUNG = """\
format: 1
title: Young
extends: old
threats: {PRK: {profile: step, from: low, to: high, at: 2024-01}}
set:
  intent.half_life: {value: 9, low: 6, high: 12}
  commitment.USA.KOR: {value: 0.43, from: 2025-01}
  proximity.KOR.JPN: 0.2
events:
  - {at: 2025-01, event: summit, country: JPN, partner: KOR, steps: 2}
  - {at: 2025-03, event: summit, country: JPN, partner: KOR}
variants:
  loud: {threats.PRK: 140}
  quick: {months: 24}
forks:
  at: 2024-06
  branches:
    cold: {commitment.USA.KOR: 0.2, threats.PRK: peak}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with old.yaml and young.yaml in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.yaml").write_text(OLD, encoding="utf-8")
    (tmp_path / "young.yaml").write_text(YOUNG, encoding="utf-8")
    return tmp_path
