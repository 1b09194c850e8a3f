"""One run of a sweep in full: every series and every decision, in the reference engine."""

import math
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from simulation.document import month_text
from simulation.engines.reference import AllianceModel
from simulation.errors import BadInput, Fault
from simulation.model.state import ACCEPTED, HELD, LEFT, REFUSED
from simulation.results.sweeps import Swept, task_of

WORDS = {ACCEPTED: "proposed, accepted", REFUSED: "proposed, refused", LEFT: "left"}


@dataclass(frozen=True)
class Rerun:
    """A run again: series by month, decisions, its measures, and those that the sweep holds."""

    series: pd.DataFrame
    decisions: pd.DataFrame
    measures: dict[str, float]
    held: dict[str, float]

    @property
    def same(self) -> bool:
        """Whether every measure came out as the sweep holds it."""
        return all(
            self.measures[name] == value or (math.isnan(value) and math.isnan(self.measures[name]))
            for name, value in self.held.items()
        )

    def save(self, folder: Path) -> list[Path]:
        """Series and decisions as CSV files; their paths."""
        folder.mkdir(parents=True, exist_ok=True)
        files = [folder / "series.csv", folder / "decisions.csv"]
        for file, table in zip(files, (self.series, self.decisions), strict=True):
            table.to_csv(file, index=False)
        return files


def rerun(swept: Swept, case: int, run: int) -> Rerun:
    """Run `run` of a case again. BadInput where there is none."""
    swept.check_whole()
    task = task_of(swept.folder)
    _check("case", case, len(task.cases))
    held = swept.case_rows("runs", case)
    _check("run", run, len(held))
    model = AllianceModel(task.cases.plan(case), run)
    rows = [row for _ in range(model.months) for row in _month(model)]
    collected = model.datacollector.get_model_vars_dataframe().reset_index(drop=True)
    start = task.cases.base.start
    collected.insert(0, "date", [month_text(start + m) for m in range(len(collected))])
    mine = held[held["run"] == run].iloc[0]
    names = [name for name in swept.manifest["measures"] if name in mine]
    values = dict(zip((one.name for one in model.plan.measures), model.measures(), strict=True))
    return Rerun(
        series=collected,
        decisions=pd.DataFrame(rows, columns=["date", "country", "partner", "track", "decision", "rung"]),
        measures={name: float(values[name]) for name in names},
        held={name: float(mine[name]) for name in names},
    )


def _check(name: str, number: int, count: int) -> None:
    if not 0 <= number < count:
        raise BadInput([Fault(f"there is no {name} {number}: they are 0 to {count - 1:,}")])


def _month(model: AllianceModel) -> list[tuple[str, str, str, str, str, int]]:
    """Step a month; what each country decided in it that was not to hold."""
    date = month_text(model.plan.scenario.start + model.month)
    model.step()
    s, codes = model.state, model.codes
    return [
        (date, codes[i], codes[j], track, WORDS[int(s.outcome[i, j, a])], int(s.rung[i, j, a]))
        for i in range(len(codes))
        for j in range(len(codes))
        for a, track in enumerate(model.tracks)
        if i != j and s.outcome[i, j, a] != HELD
    ]
