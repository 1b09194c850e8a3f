"""What docs/odd.md is made of beside its prose: which submodel states which rule, and every symbol.

A parameter belongs to the first submodel that has a rule which reads it.
"""

from collections.abc import Iterator
from pathlib import Path

from simulation.describe import readers
from simulation.model.vector import Parameters

ROOT = Path(__file__).parents[1]
DRAWS, VECTORS = ROOT / "simulation/engines/draws.py", ROOT / "simulation/engines/vectors.py"

SUBMODELS: dict[str, tuple[str, ...]] = {
    "happen": (
        "happening.happen", "happening.wander", "happening.effect", "happening.on_feelings",
        "happening.on_challenges", "happening.shocks", "domestic.shock_hazard", "provocation.walked",
        "provocation.held", "domestic.normal",
    ),
    "provoke": (
        "behaviours.provoke", "behaviours.coalition", "behaviours.cover", "provocation.monthly_rate",
        "provocation.poisson", "provocation.burst_total",
    ),
    "perceive": (
        "behaviours.recall", "behaviours.perceive", "threat.dose", "behaviours.built_by_rivals",
        "threat.signal", "behaviours.analogy", "threat.raised_floor", "threat.resting_intent",
        "threat.half_life_rate", "threat.toward", "behaviours.shared_reading", "threat.threat",
        "threat.power",
    ),
    "feel": (
        "behaviours.feel", "domestic.absorption", "domestic.conciliated", "domestic.favourability_target",
        "domestic.drain", "domestic.unit",
    ),
    "govern": ("behaviours.govern", "domestic.defeat_chance", "domestic.turnover_chance"),
    "commit": (
        "behaviours.commit", "patronage.commitment_level", "patronage.brokering", "behaviours.take_stock",
        "patronage.fear",
    ),
    "gesture": ("behaviours.gesture", "settlement.gesture_hazard"),
    "weigh": (
        "decision.terms", "decision.shared_threat", "decision.entrapment", "decision.retaliation",
        "decision.brokered", "patronage.brokerage", "decision.utility", "alignment.weigh",
    ),
    "choose": (
        "decision.choose", "decision.initiative", "decision.step_of", "decision.proposes", "decision.accepts",
        "decision.leaves", "alignment.cost", "decision.lock", "alignment.lock_in", "alignment.advance_chance",
        "alignment.retreat_chance", "alignment.logistic",
    ),
    "settle": (
        "settling.settle", "settling.relive", "settling.move", "settlement.refusal_cost",
        "settling.weigh_cooperation",
    ),
    "coerce": ("settling.coerce", "settling.cooperation_among_targets", "settlement.coercion_hazard"),
    "open": (
        "opening.open_run", "opening.lay", "opening.clear_pair", "opening.lay_pair", "threat.reach",
        "threat.expected_signal", "opening.rest_together", "threat.shared_rest", "opening.lay_patron",
        "decision.anchor", "decision.resting_base", "alignment.rest_margin", "alignment.logit",
    ),
    "observe": (
        "outputs.record", "outputs.dyad_column", "outputs.measure", "outputs.climb", "outputs.regimes",
        "outputs.regime_of", "outputs.tallied", "outputs.milestones", "outputs.weighed_terms", "tally.tally",
        "tally.tally_rungs", "tally.tally_values", "tally.fixed", "tally.add_moved",
    ),
    "draw": (
        "draws.philox", "draws.uniform", "draws.fill_month", "draws.triangular", "draws.vary",
        "draws.vary_together", "draws.pick_theory", "vectors.prepare", "vectors.change", "vector.adopt",
    ),
    "schedule": ("month.run_month", "month.threaten", "month.govern_all"),
}  # fmt: skip

SYMBOLS = {
    "capability": "K_j", "offence": "O_j", "proximity": "X_{ij}", "audience": "A_i",
    "complementarity": "G_{ij}", "leverage": "L_{kj}", "visibility": "v_a", "agility": r"\upsilon_a",
    "bedrock": "l_a^0",
    "tempo.reference": r"\bar\tau_j", "burst": "b_i", "nuclear.rate": r"\nu_i", "nuclear.severity": r"\nu^s",
    "cover": r"c_{ik}", "response": r"\rho_i", "pause.rate": r"\theta_i", "pause.months": r"\theta^m",
    "pause.depth": r"\theta^d", "exposure": "E_{ij}", "intent.floor": r"f_{ij}", "intent.half_life": "H",
    "intent.pull": "q", "intent.exponent": r"\delta", "reach.capability": r"\alpha",
    "reach.proximity": r"\beta", "reach.offence": r"\gamma", "dilemma": r"\psi", "analogy": r"\omega_{jk}",
    "stance": r"S_{ij}", "reading": r"R_{ij}", "shock.rate": r"h_{ij}", "shock.size": r"z^m",
    "shock.stance": r"z^s", "absorption.stance": r"\alpha^S", "absorption.cooperation": r"\alpha^C",
    "absorption.ceiling": r"\alpha^m", "grievance.baseline": r"\bar g_{ij}", "grievance.start": r"g_{ij}^0",
    "grievance.heal": r"\eta^g", "favourability.base": r"\bar p_{ij}", "favourability.start": r"p_{ij}^0",
    "favourability.rate": r"\eta^p", "favourability.grievance": r"\phi^g", "favourability.shock": r"\phi^z",
    "support.base": r"\bar s_i", "support.start": r"s_i^0", "support.reversion": r"\eta^s",
    "support.noise": r"\sigma^s", "support.drain": r"\mu", "support.honeymoon": r"s^h",
    "election.swing": r"\chi", "turnover": r"\zeta_i", "trust.relax": r"\eta^t", "commitment": r"\bar m_{ki}",
    "resolve": r"\xi_{ki}", "effort": "e_k", "commitment.rate": r"\eta^m", "declaration.fade": r"\eta^d",
    "gesture.rate": r"\Gamma_i", "gesture.size": r"y^m", "gesture.trust": "y^t", "gesture.cost": "y^s",
    "choice.precision": r"\lambda", "choice.pace": "P", "choice.step": r"\sigma", "lock_in.first": "l^0",
    "lock_in.growth": "l^1", "lock_in.brokerage": "l^B", "anchor.rest": r"\varepsilon", "weights": "w_n",
    "trust.gain": "t^+", "trust.loss": "t^-", "refusal.cost": "k^R", "retreat.hurt": "k^L",
    "coercion.rate": r"\Omega_k", "coercion.support": "k^s", "coercion.intent": r"k^{\iota}",
    "regime.thaw": "I^1", "regime.functional": "I^2", "regime.institutionalised": "I^3",
    "regime.quasi_alliance": "I^4",
}  # fmt: skip


def sources() -> dict[str, Path]:
    """The files that hold rules, by the name of the module."""
    return {path.stem: path for path in (*readers.model_files(), DRAWS, VECTORS)}


def rules() -> Iterator[str]:
    """Every function marked as a rule: module.function."""
    for module, path in sources().items():
        for name, function in readers.functions_of(path).items():
            if any(getattr(mark, "id", "") == "rule" for mark in function.decorator_list):
                yield f"{module}.{name}"


def submodel_of(path: str) -> str:
    """The submodel to which a parameter belongs: the first with a rule that reads it."""
    name = path.replace(".", "_")
    assert name in Parameters._fields, path
    reading = {one.name for one in readers.readers_of("Parameters", name)}
    return next(key for key, functions in SUBMODELS.items() if reading & set(functions))
