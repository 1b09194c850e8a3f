"""The patterns that the model must show, each under the theory that says so, with the number that judges it.

A pattern holds where each of its margins is above 0. They are means, differences of means, or ratios
of means: never the smallest of several, which noise would drag down. `tests.model.patterns_page` holds the
patterns against draws of the parameters and writes docs/patterns.md.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from simulation.model.state import Floats
from tests.model.laboratory import Bench, Case

INDEX = "cooperation.final"
TOPS = {"diplomatic": 6, "security": 6, "economic": 5}
LEVELS = ("calm", "low", "medium", "high", "peak")
AXIS = ("final.PRK.CHN", "final.PRK.RUS", "final.CHN.RUS")
THEORIES = ("article", "quasi_alliance", "net_threat", "balance_of_threat", "two_level", "liberal")

BASE = Case("baseline")
WARM = Case("court_ruling")
COOL = Case("court_ruling", ("cool_seoul",))
WARM_MORE = Case("court_ruling", ("more_rungs",))
COOL_MORE = Case("court_ruling", ("cool_seoul", "more_rungs"))
OFF = ("dilemma=0",)
NOISY = 4  # how many times the usual runs it takes to tell two tracks apart


Margins = Callable[[Bench], tuple[Floats, ...]]  # each by batches of runs


@dataclass(frozen=True)
class Pattern:
    """What is to be seen, the unit of its margins, the margins, and the theory that says it.

    `times`: how many times the usual runs a draw takes, where a margin is small next to the noise.
    `reason`: where it does not hold in 80 % of the draws, why.
    """

    says: str
    unit: str
    margins: Margins
    theory: str = "article"
    times: int = 1
    reason: str = ""


def gain(b: Bench, case: Case, measure: str = INDEX, over: Case = BASE) -> Floats:
    """Mean of a measure in a case less that in another."""
    return b.mean(case, measure) - b.mean(over, measure)


def of_top(b: Bench, track: str, case: Case, over: Case = BASE) -> Floats:
    """What a case adds to the rung of a track, in per cent of the top of its ladder."""
    return 100.0 * gain(b, case, f"final.{track}", over) / TOPS[track]


def up(name: str, measure: str = INDEX, sign: float = 1.0, over: Case = BASE) -> Margins:
    """A scenario moves a measure up, or with the sign -1 down."""
    return lambda b: (sign * gain(b, Case(name), measure, over),)


def levels(who: str, measure: str) -> Margins:
    """A measure rises from each level of threat to the next."""
    cases = [Case("threat_levels", () if level == "medium" else (f"{who}_{level}",)) for level in LEVELS]
    return lambda b: tuple(gain(b, after, measure, before) for before, after in pairwise(cases))


def under(theory: str, name: str, sign: float) -> Margins:
    """A scenario moves the index in a direction when all decide by a theory."""
    word = (f"theory={theory}",)
    return lambda b: (sign * gain(b, Case(name, (), word), over=Case("baseline", (), word)),)


def diplomatic_most(name: str, sign: float, *others: str, over: Case = BASE) -> Margins:
    """A scenario moves the diplomatic track in a direction, by more of its top than the others."""

    def margins(b: Bench) -> tuple[Floats, ...]:
        moved = sign * of_top(b, "diplomatic", Case(name), over)
        return moved, *(moved - sign * of_top(b, track, Case(name), over) for track in others)

    return margins


def lost(b: Bench, cell: Case) -> Floats:
    """What the rulings cost a cell of court_ruling, in per cent of its index without them."""
    ruled = Case(cell.name, cell.variants, cell.settings, "rulings")
    return -100.0 * gain(b, ruled, over=cell) / b.mean(cell, INDEX)


def stormy(case: Case) -> Case:
    """A case in the storm of history_storm."""
    return Case(case.name, case.variants, ("background=2",))


def kept(b: Bench, case: Case) -> Floats:
    """What the storm leaves of a case, in per cent of its index without it."""
    return 100.0 * b.mean(stormy(case), INDEX) / b.mean(case, INDEX)


def axis(b: Bench, *settings: str) -> list[Floats]:
    """What counter_axis adds to the index of each pair of Beijing, Moscow and Pyongyang."""
    case, over = Case("counter_axis", (), settings), Case("baseline", (), settings)
    return [gain(b, case, pair, over) for pair in AXIS]


PATTERNS = (
    Pattern(
        "More launches from Pyongyang bring more security cooperation: calm < low < medium < high < peak",
        "rungs",
        levels("PRK", "final.security"),
    ),
    Pattern("The same of the index", "points", levels("PRK", INDEX)),
    Pattern("The same of the index, all three challengers at once", "points", levels("all", INDEX)),
    Pattern("nk_moratorium: less security cooperation", "rungs", up("nk_moratorium", "final.security", -1)),
    Pattern(
        "seoul_reversal: the diplomatic track loses a larger share of its top than the security track",
        "% of top",
        diplomatic_most("seoul_reversal", -1, "security"),
        times=NOISY,
    ),
    Pattern(
        "court_ruling: a smaller share is lost under a government that wants the partnership",
        "% of the index",
        lambda b: ((lost(b, COOL) + lost(b, COOL_MORE) - lost(b, WARM) - lost(b, WARM_MORE)) / 2,),
    ),
    Pattern(
        "court_ruling: a smaller share is lost where two rungs more are built",
        "% of the index",
        lambda b: ((lost(b, WARM) + lost(b, COOL) - lost(b, WARM_MORE) - lost(b, COOL_MORE)) / 2,),
    ),
    Pattern(
        "no_gesture: ends lower than since_2022", "points", up("no_gesture", INDEX, -1, Case("since_2022"))
    ),
    Pattern(
        "no_gesture: the diplomatic track loses the largest share of its top",
        "% of top",
        diplomatic_most("no_gesture", -1, "security", "economic", over=Case("since_2022")),
        times=NOISY,
    ),
    Pattern("us_retrenchment: less cooperation", "points", under("article", "us_retrenchment", -1)),
    Pattern(
        "us_retrenchment: not less cooperation",
        "points",
        under("quasi_alliance", "us_retrenchment", 1),
        "quasi_alliance",
    ),
    Pattern(
        "us_leaves_korea: less cooperation, since only one fears to be left",
        "points",
        under("quasi_alliance", "us_leaves_korea", -1),
        "quasi_alliance",
    ),
    Pattern(
        "The storm of history_storm costs fewer points where two rungs more are built",
        "points",
        lambda b: (gain(b, stormy(WARM_MORE), over=WARM_MORE) - gain(b, stormy(WARM), over=WARM),),
        reason="It holds at the central values, and half a point is small next to the noise of this many "
        "runs in a draw: beyond noise it holds in many more draws than it is denied in. More "
        "runs would tell.",
    ),
    Pattern(
        "The same storm leaves a larger share where two rungs more are built",
        "% of the index",
        lambda b: (kept(b, WARM_MORE) - kept(b, WARM),),
    ),
    Pattern("china_coercion: a lower economic track", "rungs", up("china_coercion", "final.economic", -1)),
    Pattern(
        "china_coercion: more threat felt from China in the last month",
        "share",
        up("china_coercion", "threat.CHN"),
    ),
    Pattern("war_ends: fewer acts of Pyongyang", "acts a year", up("war_ends", "acts.PRK", -1)),
    Pattern(
        "counter_axis: Beijing, Moscow and Pyongyang draw closer, each pair of them",
        "points",
        lambda b: tuple(axis(b)),
    ),
    Pattern(
        "counter_axis: with `dilemma` at 0 no pair draws closer by more than a tenth of that",
        "points",
        lambda b: tuple(0.1 * on - off for on, off in zip(axis(b), axis(b, *OFF), strict=True)),
    ),
    Pattern(
        "history_storm: lowers the diplomatic track, by more of its top than the security track",
        "% of top",
        diplomatic_most("history_storm", -1, "security"),
        times=NOISY,
    ),
    Pattern(
        "history_quiet: raises the diplomatic track, by more of its top than the security track",
        "% of top",
        diplomatic_most("history_quiet", 1, "security"),
        times=NOISY,
    ),
)
