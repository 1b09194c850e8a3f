"""The parameters of a run: one flat vector, and named views into it.

The vector is what draws vary and cases override; a rule or a behaviour reads `p.name`. Names are the
paths of seeds/parameters.yaml with `_` for `.`, in the order of that file.
"""

from collections.abc import Callable
from typing import Annotated, NamedTuple, get_type_hints

import numpy as np
from numpy.typing import NDArray

from simulation.model.alignment import TERMS
from simulation.model.rule import rule

Floats = NDArray[np.float64]
ByCountry = Annotated[Floats, "(n,)"]
ByPair = Annotated[Floats, "(n, n)"]
ByCamp = Annotated[Floats, "(camps,)"]
ByCampCountry = Annotated[Floats, "(camps, n)"]
ByTrack = Annotated[Floats, "(tracks,)"]
ByTerm = Annotated[Floats, "(theories, terms)"]
TRACKS = 3


class Parameters(NamedTuple):
    """Views into one vector: a number, or an array over countries, pairs, camps, tracks or terms.

    Meaning, unit and bounds of each are in seeds/parameters.yaml. `weights` holds the one theory of
    the run: shape (terms,).
    """

    capability: ByCountry
    offence: ByCountry
    proximity: ByPair
    audience: ByCountry
    complementarity: ByPair
    leverage: ByPair
    visibility: ByTrack
    tempo_reference: ByCountry
    burst: ByCountry
    nuclear_rate: ByCountry
    nuclear_severity: float
    cover: ByPair
    response: ByCountry
    pause_rate: ByCountry
    pause_months: float
    pause_depth: float
    exposure: ByPair
    intent_floor: ByPair
    intent_half_life: float
    intent_pull: float
    intent_exponent: float
    reach_capability: float
    reach_proximity: float
    reach_offence: float
    dilemma: float
    analogy: ByPair
    stance: ByCampCountry
    reading: ByCampCountry
    shock_rate: ByPair
    shock_size: float
    shock_stance: float
    absorption_stance: float
    absorption_cooperation: float
    absorption_ceiling: float
    grievance_baseline: ByPair
    grievance_start: ByPair
    grievance_heal: float
    favourability_base: ByPair
    favourability_start: ByPair
    favourability_rate: float
    favourability_grievance: float
    favourability_shock: float
    support_base: ByCountry
    support_start: ByCountry
    support_reversion: float
    support_noise: float
    support_drain: float
    support_honeymoon: float
    election_swing: float
    turnover: ByCountry
    trust_relax: float
    commitment: ByPair
    resolve: ByCampCountry
    effort: ByCamp
    commitment_rate: float
    declaration_fade: float
    gesture_rate: ByCountry
    gesture_size: float
    gesture_trust: float
    gesture_cost: float
    choice_precision: float
    choice_pace: float
    choice_step: float
    lock_in_first: float
    lock_in_growth: float
    lock_in_brokerage: float
    anchor_rest: float
    weights: ByTerm
    trust_gain: float
    trust_loss: float
    refusal_cost: float
    retreat_hurt: float
    coercion_rate: ByCountry
    coercion_support: float
    coercion_intent: float


def shape_of(name: str, countries: int, camps: int, theories: int) -> tuple[int, ...]:
    """Shape of a parameter in a world of this size; () for a number."""
    shapes = {
        "(n,)": (countries,),
        "(n, n)": (countries, countries),
        "(camps,)": (camps,),
        "(camps, n)": (camps, countries),
        "(tracks,)": (TRACKS,),
        "(theories, terms)": (theories, len(TERMS)),
    }
    return shapes.get(_kind(name), ())


def offsets(countries: int, camps: int, theories: int) -> dict[str, int]:
    """Where each parameter begins in the vector; the key "" holds the length of the whole."""
    begins, at = {}, 0
    for name in Parameters._fields:
        begins[name] = at
        at += int(np.prod(shape_of(name, countries, camps, theories)))
    begins[""] = at
    return begins


def _kind(name: str) -> str:
    marks = getattr(_HINTS[name], "__metadata__", ("",))
    return str(marks[0])


def _view_source() -> str:
    """The text of `view`: one line a parameter, in the order of `Parameters`."""
    lines = {
        "": "{name} = v[at]; at += 1",
        "(n,)": "{name} = v[at:at + n]; at += n",
        "(n, n)": "{name} = v[at:at + n * n].reshape((n, n)); at += n * n",
        "(camps,)": "{name} = v[at:at + camps]; at += camps",
        "(camps, n)": "{name} = v[at:at + camps * n].reshape((camps, n)); at += camps * n",
        "(tracks,)": "{name} = v[at:at + TRACKS]; at += TRACKS",
        "(theories, terms)": "{name} = v[at + TERMS * theory:at + TERMS * (theory + 1)]; at += TERMS * theories",
    }
    body = "\n    ".join(lines[_kind(name)].format(name=name) for name in Parameters._fields)
    names = ", ".join(Parameters._fields)
    return (
        f"def view(v, n, camps, theories, theory):\n    at = 0\n    {body}\n    return Parameters({names})\n"
    )


def _made_view() -> Callable[[Floats, int, int, int, int], Parameters]:
    # Compiled code can build a named tuple only from names written out, so the text of the function
    # is made from the declaration above (as namedtuple itself does).
    scope: dict[str, object] = {"Parameters": Parameters, "TRACKS": TRACKS, "TERMS": len(TERMS)}
    exec(_view_source(), scope)  # noqa: S102
    made: Callable[[Floats, int, int, int, int], Parameters] = rule(scope["view"])  # type: ignore[type-var]
    return made


_HINTS = get_type_hints(Parameters, include_extras=True)
view = _made_view()
