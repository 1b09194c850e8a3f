"""The figure of a record: its numbers are those of the codings."""

from pathlib import Path

from simulation.plots import look
from simulation.plots.record import rungs_on_record
from simulation.record import CODINGS, load_record, observe
from tests.record import tiny


def test_each_panel_holds_the_rungs_month_by_month(tmp_path: Path) -> None:
    world = tiny.world()
    record = load_record(world, tiny.written(tmp_path / "mine"))
    three = {name: observe(record, record.protocol.codings[name], world.focus) for name in CODINGS}
    spec = rungs_on_record(record, three, world).to_dict()
    months = tiny.MONTHS + 1  # the last lasts until the next begins
    instants = [look.milliseconds(tiny.FIRST + m) for m in range(months)]
    for number, track in enumerate(world.tracks):
        panel = spec["datasets"][spec["vconcat"][number]["data"]["name"]]
        assert [row["t"] for row in panel] == instants
        for name, observed in three.items():
            rungs = observed.rungs(track.name)
            assert [row[name] for row in panel] == [*rungs, rungs[-1]]
        by_hand = {"diplomatic": 3, "security": 2, "economic": 0}  # of relations.yaml in 2020
        assert [row["by_hand"] for row in panel[:12]] == [by_hand[track.name]] * 12
