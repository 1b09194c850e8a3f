"""The Mesa model as Mesa's batch_run and EMA Workbench want it; their processes import it by name."""

from functools import cache

from simulation.api import load
from simulation.engines.plan import Plan
from simulation.engines.reference import AllianceModel


@cache
def plan_of(prk: float, chn: float) -> Plan:
    """The baseline with two tempi, once a process."""
    return load("baseline", [f"threats.PRK={prk}", f"threats.CHN={chn}"]).plan


class Batched(AllianceModel):
    """The reference engine with a case and a run as its parameters."""

    def __init__(self, case: tuple[float, float], run: int, **_: object) -> None:  # batch_run gives a seed
        super().__init__(plan_of(*case), run)

    def step(self) -> None:
        """One month."""
        super().step()
        self.running = self.month < self.months


def final_index(prk: float, chn: float, run: int) -> dict[str, float]:
    """The index of the last month of one run."""
    model = AllianceModel(plan_of(prk, chn), run)
    slot = [one.name for one in model.plan.series].index("cooperation")
    return {"index": float(model.run_all()[-1, slot])}
