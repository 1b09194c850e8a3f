"""A process reads a world once, as long as its files stay as they are."""

from pathlib import Path

import pytest

from simulation.errors import BadInput
from simulation.library import seeds_folder
from simulation.world import load_world
from tests.worlds import write_world


def test_what_did_not_change_is_not_read_again(tmp_path: Path) -> None:
    folder = write_world(tmp_path / "w", countries=2, seed=1)
    once = load_world(folder)
    assert load_world(folder) is once
    source = folder / "mechanisms.yaml"
    text = source.read_text(encoding="utf-8")
    source.write_text(text + "# one more line\n", encoding="utf-8")
    assert load_world(folder) is not once
    source.write_text(text.replace("parameters:", "prameters:", 1), encoding="utf-8")
    for _ in range(2):
        with pytest.raises(BadInput, match="prameters"):
            load_world(folder)


def test_places_are_named_from_where_one_stands(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = "choice.pace"
    monkeypatch.chdir(seeds_folder())
    beside = load_world("northeast_asia").values[path].place.file
    monkeypatch.chdir(tmp_path)
    away = load_world("northeast_asia").values[path].place.file
    assert (beside, away) == (
        "northeast_asia/mechanisms.yaml",
        str(seeds_folder() / "northeast_asia" / "mechanisms.yaml"),
    )
