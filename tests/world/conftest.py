"""The small world that tests of worlds read and damage."""

from pathlib import Path

import pytest

from tests.world.damage import SEED
from tests.worlds import write_world


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A valid world of three countries, in `w` of the working directory."""
    monkeypatch.chdir(tmp_path)
    return write_world(Path("w"), countries=3, seed=SEED)
