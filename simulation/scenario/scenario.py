"""A scenario as it holds: named assumptions, every name in them resolved."""

from dataclasses import dataclass, field
from pathlib import Path

from simulation.errors import Fault, Place
from simulation.scenario.events import EventInstance
from simulation.scenario.expectations import Expectation
from simulation.scenario.forks import Branch
from simulation.scenario.layers import Layer
from simulation.scenario.profiles import Profile
from simulation.scenario.schema import THEORY
from simulation.scenario.settings import Setting
from simulation.world import World


@dataclass(frozen=True)
class Scenario:
    """Named assumptions, resolved against a world. Months count from the year 0: year x 12 + month - 1.

    `threats` has every challenger that takes part, in acts a year. `theory` has the shares above 0; they
    sum to 1. `places` says where each key was set, `threats.X` and `set.path` included; what is not in it
    is a default. `variants` are those that the file has, `chosen` those that this scenario is. `later`
    has, in a branch of a fork, the profiles that take over from a month on. `layers` are what was said,
    lowest first; `notes` what is no fault and ought to be known. Two scenarios are equal that assume the
    same, whatever their files are called and whatever they expect.
    """

    name: str = field(compare=False)
    path: Path | None = field(compare=False)
    title: str
    why: str
    world: World
    start: int
    months: int
    runs: int
    rng_seed: int
    theory: dict[str, float]
    uncertainty: tuple[str, ...]
    background: float
    without: tuple[str, ...]
    threats: dict[str, Profile]
    settings: tuple[Setting, ...]
    events: tuple[EventInstance, ...]
    focus: tuple[str, str]
    expectations: tuple[Expectation, ...] = field(default=(), compare=False)
    parent: "Scenario | None" = field(default=None, compare=False, repr=False)
    places: dict[str, Place] = field(default_factory=dict, compare=False, repr=False)
    variants: tuple[str, ...] = field(default=(), compare=False, repr=False)
    chosen: tuple[str, ...] = field(default=(), compare=False)
    forks: tuple[Branch, ...] = ()
    later: tuple[tuple[int, dict[str, Profile]], ...] = ()
    layers: tuple[Layer, ...] = field(default=(), compare=False, repr=False)
    notes: tuple[Fault, ...] = field(default=(), compare=False, repr=False)

    @property
    def luck(self) -> tuple[str, ...]:
        """The kinds of uncertainty that have to be the same for runs to pair."""
        return tuple(kind for kind in self.uncertainty if kind != THEORY)
