"""One month: the stages, in order. This is the order that the compiled engine runs."""

from simulation.model.behaviours import commit, feel, gesture, govern, perceive, provoke, recall, take_stock
from simulation.model.decision import choose
from simulation.model.happening import happen, shocks
from simulation.model.rule import rule
from simulation.model.settling import coerce, relive, settle, weigh_cooperation
from simulation.model.state import Drivers, Floats, Luck, Setting, State
from simulation.model.vector import Parameters


@rule
def run_month(m: int, s: State, p: Parameters, v: Floats, w: Setting, d: Drivers, luck: Luck) -> None:
    """Happen, provoke, perceive, feel, commit, gesture, choose, settle, coerce."""
    n = s.support.size
    happen(m, s, v, w, d, luck)
    threaten(s, p, w, luck)
    govern_all(s, p, w, luck)
    for i in range(n):
        choose(i, s, p, w, luck)
    relive(m, s, p, w, d)
    for i in range(n):
        settle(i, s, p)
    weigh_cooperation(s, w)
    for i in range(n):
        coerce(i, s, p, w, luck)


@rule
def threaten(s: State, p: Parameters, w: Setting, luck: Luck) -> None:
    """What comes from outside: shocks, acts, and how they are read."""
    n = s.support.size
    for i in range(n):
        shocks(i, s, p, w, luck)
    for i in range(n):
        provoke(i, s, p, w, luck)
    for i in range(n):
        recall(i, s)
    for i in range(n):
        perceive(i, s, p, w)


@rule
def govern_all(s: State, p: Parameters, w: Setting, luck: Luck) -> None:
    """What governments make of it at home and toward their clients and partners."""
    n = s.support.size
    for i in range(n):
        feel(i, s, p, w, luck)
    for i in range(n):
        govern(i, s, p, w, luck)
    for i in range(n):
        commit(i, s, p, w)
    for i in range(n):
        take_stock(i, s)
    for i in range(n):
        gesture(i, s, p, w, luck)
