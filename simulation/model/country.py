"""A country as a Mesa agent: the behaviours, called in turn, and the arrays shown by name."""

from typing import Protocol

import mesa

from simulation.model import behaviours, decision, happening, settling
from simulation.model.state import ACCEPTED, HELD, LEFT, REFUSED, Luck, Setting, State
from simulation.model.vector import Parameters
from simulation.world.whole import TERMS


class Running(Protocol):
    """What a country needs of the run it takes part in."""

    codes: tuple[str, ...]
    camps: tuple[tuple[str, str], ...]
    tracks: list[str]
    countries: "list[Country | None]"
    state: State
    parameters: Parameters
    setting: Setting
    luck: Luck


class Country(mesa.Agent):  # type: ignore[misc]
    """One country. Its attributes are views of the run's arrays: one truth, no copy.

    To replace a decision, subclass it and override `step_on` or `accepts`; hand the class to
    `scenario.model(run=0, countries={"KOR": MyKorea})`. A run with such a class uses this engine.
    """

    model: Running

    def __init__(self, model: Running, slot: int) -> None:
        super().__init__(model)
        self.slot = slot
        self.code: str = model.codes[slot]

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.code}>"

    @property
    def support(self) -> float:
        """Public support of the government, in [0, 1]."""
        return float(self.model.state.support[self.slot])

    @property
    def camp(self) -> str:
        """The governing camp."""
        return self.model.camps[int(self.model.state.camp[self.slot])][1]

    @property
    def acts(self) -> int:
        """Hostile acts this month."""
        return int(self.model.state.acts[self.slot])

    @property
    def fear(self) -> float:
        """Fear of being left alone, in [0, 1]."""
        return float(self.model.state.fear[self.slot])

    def threat(self, source: str) -> float:
        """Threat felt from another country, in [0, 1]."""
        return float(self.model.state.threat[self.slot, self._slot(source)])

    def grievance(self, partner: str) -> float:
        """Grievance against another country, in [0, 1]."""
        return float(self.model.state.grievance[self.slot, self._slot(partner)])

    def trust(self, partner: str) -> float:
        """Trust in another country, in [0, 1]."""
        return float(self.model.state.trust[self.slot, self._slot(partner)])

    def rung(self, partner: str, track: str) -> int:
        """Rung held with another country on a track."""
        return int(self.model.state.rung[self.slot, self._slot(partner), self._track(track)])

    def terms(self, partner: str, track: str) -> dict[str, float]:
        """The weighted terms of cooperating with a partner on a track; their sum is the utility."""
        model = self.model
        values = decision.terms(
            self.slot, self._slot(partner), self._track(track), model.state, model.parameters
        )
        weights = model.parameters.weights
        return {
            name: float(weight) * float(value)
            for name, weight, value in zip(TERMS, weights, values, strict=True)
        }

    def step_on(self, partner: str, track: str, draw: float) -> int:
        """Step on a track where this country has the initiative: +1 proposes, -1 retreats, 0 holds.

        `draw` is the uniform draw of this decision. Override to decide otherwise.
        """
        model = self.model
        return int(
            decision.step_of(
                self.slot,
                self._slot(partner),
                self._track(track),
                draw,
                model.state,
                model.parameters,
                model.setting,
            )
        )

    def accepts(self, proposer: str, track: str, draw: float) -> bool:
        """Whether this country accepts the rung above that a partner proposes. May be overridden."""
        model = self.model
        return bool(
            decision.accepts(
                self.slot, self._slot(proposer), self._track(track), draw, model.state, model.parameters
            )
        )

    def suffer_shocks(self) -> None:
        """Background shocks strike."""
        happening.shocks(
            self.slot, self.model.state, self.model.parameters, self.model.setting, self.model.luck
        )

    def provoke(self) -> None:
        """Commit the month's acts."""
        model = self.model
        behaviours.provoke(self.slot, model.state, model.parameters, model.setting, model.luck)

    def recall(self) -> None:
        """Keep last month's readings."""
        behaviours.recall(self.slot, self.model.state)

    def perceive(self) -> None:
        """Read the acts of others."""
        behaviours.perceive(self.slot, self.model.state, self.model.parameters, self.model.setting)

    def feel(self) -> None:
        """Take the month's events to heart."""
        model = self.model
        behaviours.feel(self.slot, model.state, model.parameters, model.setting, model.luck)

    def govern(self) -> None:
        """Vote, or change the government otherwise."""
        model = self.model
        behaviours.govern(self.slot, model.state, model.parameters, model.setting, model.luck)

    def commit(self) -> None:
        """Revise commitments to clients."""
        behaviours.commit(self.slot, self.model.state, self.model.parameters, self.model.setting)

    def take_stock(self) -> None:
        """Weigh protection and fear."""
        behaviours.take_stock(self.slot, self.model.state)

    def gesture(self) -> None:
        """Concede on history, perhaps."""
        model = self.model
        behaviours.gesture(self.slot, model.state, model.parameters, model.setting, model.luck)

    def choose(self) -> None:
        """Revise the tracks on which the initiative is this country's."""
        model = self.model
        for j, partner in enumerate(model.countries):
            if partner is None or j == self.slot:
                continue
            for a, track in enumerate(model.tracks):
                draw = float(decision.initiative(self.slot, j, a, model.luck))
                step = self.step_on(partner.code, track, draw) if draw >= 0.0 else 0
                outcome = LEFT if step < 0 else HELD
                if step > 0:
                    answer = float(model.luck.dyad[min(self.slot, j), max(self.slot, j), 4 + a])
                    outcome = ACCEPTED if partner.accepts(self.code, track, answer) else REFUSED
                model.state.outcome[self.slot, j, a] = outcome

    def settle(self) -> None:
        """Carry out what became of the month's revisions."""
        settling.settle(self.slot, self.model.state, self.model.parameters)

    def coerce(self) -> None:
        """Strike at those who cooperate with one's other targets, perhaps."""
        model = self.model
        settling.coerce(self.slot, model.state, model.parameters, model.setting, model.luck)

    def _slot(self, code: str) -> int:
        return self.model.codes.index(code)

    def _track(self, name: str) -> int:
        return self.model.tracks.index(name)
