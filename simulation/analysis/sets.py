"""Several scenarios side by side: what each differs by from its parent, or from the first of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from simulation.analysis.compare import Difference, beside, difference
from simulation.results.store import Result

INDEX = "cooperation.final"


@dataclass(frozen=True)
class Entry:
    """One of a set: what it is called, and its differences in the last month.

    `index` is that of the cooperation index (points), `tracks` that of the rung on each track.
    """

    name: str
    title: str
    index: Difference
    tracks: dict[str, Difference]

    @property
    def known(self) -> bool:
        """Whether there is a difference to draw: one that compares like with like, of some run."""
        return not self.index.unlike and self.index.runs > 0


def entries(results: Sequence[Result]) -> list[Entry]:
    """The results as a set, greatest rise first: each less its parent, a root less the first root.

    That first one is left out: it is what others stand beside. Variants of one file go by their own names.
    """
    own = [one.cases.iloc[0] for one in results]
    family = len({str(case["name"]).partition("+")[0] for case in own}) == 1
    root = next((one for one in results if one.parent is None), None)
    return ordered(
        [
            entry(one, None if one.parent is not None else root, title=str(case["variant"]) if family else "")
            for one, case in zip(results, own, strict=True)
            if one is not root
        ]
    )


def entry(result: Result, other: Result | None, name: str = "", title: str = "") -> Entry:
    """A result less another one, or less what stands beside it in its own folder."""

    def less(measure: str) -> Difference:
        return difference(result, measure) if other is None else beside(result, other, measure)

    own = result.cases.iloc[0]
    tracks = [track for track in result.manifest["world"]["rungs"] if _has(other, f"final.{track}")]
    return Entry(
        name=name or str(own["name"]),
        title=title or str(own["title"]),
        index=less(INDEX),
        tracks={track: less(f"final.{track}") for track in tracks},
    )


def ordered(made: Sequence[Entry]) -> list[Entry]:
    """Greatest rise first; what cannot be compared last."""
    return sorted(made, key=lambda one: (not one.known, -one.index.mean if one.known else 0.0))


def _has(other: Result | None, measure: str) -> bool:
    """Whether the other side, which may be of another world, has the measure too."""
    return other is None or measure in other.runs
