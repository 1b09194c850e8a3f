"""The parameters of a run: one flat vector, and named arrays over it.

The vector is what draws vary and cases override; a rule or a behaviour reads `p.name`. Names are the
paths of seeds/parameters.yaml with `_` for `.`, in the order of that file. Behind the named part the
vector holds the weights of every theory, and the amounts of events.
"""

from functools import cache
from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.model.arrays import record_type, shapes
from simulation.model.rule import rule
from simulation.world.whole import TERMS

Floats = NDArray[np.float64]
ByCountry = Annotated[Floats, ("n",)]
ByPair = Annotated[Floats, ("n", "n")]
ByCamp = Annotated[Floats, ("camps",)]
ByCampCountry = Annotated[Floats, ("camps", "n")]
ByTrack = Annotated[Floats, ("tracks",)]
ByTerm = Annotated[Floats, ("terms",)]
TRACKS = 3


class Parameters(NamedTuple):
    """Views into one vector: a number, or an array over countries, pairs, camps, tracks or terms.

    Meaning, unit and bounds of each are in seeds/parameters.yaml. `weights` are those of the theory
    of the run.
    """

    capability: ByCountry
    offence: ByCountry
    proximity: ByPair
    audience: ByCountry
    complementarity: ByPair
    leverage: ByPair
    visibility: ByTrack
    agility: ByTrack
    bedrock: ByTrack
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
    regime_thaw: float
    regime_functional: float
    regime_institutionalised: float
    regime_quasi_alliance: float


def sizes_of(countries: int, camps: int) -> dict[str, int]:
    """Lengths of the axes of all named arrays."""
    return {"n": countries, "camps": camps, "tracks": TRACKS, "terms": len(TERMS)}


@cache
def offsets(countries: int, camps: int) -> dict[str, int]:
    """Where each parameter begins in the vector; the key "" holds the length of the named part."""
    begins, at = {}, 0
    for name, shape in shapes(Parameters, sizes_of(countries, camps)).items():
        begins[name] = at
        at += int(np.prod(shape))
    begins[""] = at
    return begins


def named(vectors: Floats, countries: int, camps: int) -> NDArray[np.void]:
    """The records over the named part of vectors (k, slots): same memory, one record a vector."""
    kind = record_type(Parameters, sizes_of(countries, camps), 8 * vectors.shape[1])
    return vectors.view(kind)[:, 0]


@rule
def adopt(vector: Floats, weights: int, table: int, theory: int) -> None:
    """Copy the weights of one theory from the table behind the named part to where rules read them."""
    for k in range(len(TERMS)):
        vector[weights + k] = vector[table + theory * len(TERMS) + k]
