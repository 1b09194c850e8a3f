"""What events can move: what each kind of effect needs, and how it reads in plain words."""

from dataclasses import dataclass

from simulation.world.facts import Effect


@dataclass(frozen=True)
class Shape:
    """What an effect needs, and what it says.

    `toward`: a second country; `track`: a track; `unit` of its amount; `signed`: whether with a `-`. `says`
    has places for the countries, the track, the amount, and the words that go with either sign.
    """

    toward: bool
    unit: str
    signed: bool
    says: str
    track: bool = False
    ways: tuple[str, str] = ("rises", "falls")


EFFECTS: dict[str, Shape] = {
    "grievance": Shape(
        True, "share", False, "{of}'s grievance against {toward} rises by {amount}, less what is absorbed"
    ),
    "conciliation": Shape(
        True, "share", False,
        "{of}'s grievance against {toward} falls by {amount}, less where its government spurns it",
    ),
    "support": Shape(False, "share", True, "support of {of}'s government {way} by {amount}"),
    "favourability": Shape(True, "share", True, "{of}'s favourability toward {toward} {way} by {amount}"),
    "trust": Shape(True, "share", True, "{of}'s trust in {toward} {way} by {amount}"),
    "rung": Shape(
        True, "rungs", True, "{of} and {toward} go {way} {amount} on the {track} track",
        track=True, ways=("up", "down"),
    ),
    "camp": Shape(False, "camp", False, "{amount} governs {of}"),
    "declaration": Shape(
        True, "share", True, "{of}'s commitment to {toward} tends {way} by {amount}, which fades",
        ways=("higher", "lower"),
    ),
    "intent": Shape(
        True, "share", False, "the intent that {of} reads into {toward} rises by {amount} of the room left"
    ),
    "reassurance": Shape(
        True, "share", False, "the intent that {of} reads into {toward} falls by the share {amount}"
    ),
    "acts": Shape(False, "acts", False, "{amount} acts of {of} on top of its tempo"),
    "tests": Shape(False, "tests", False, "{amount} nuclear tests of {of}, each worth nuclear.severity acts"),
    "war": Shape(False, "share", False, "{of} is at war at the level {amount} from then on"),
    "talks": Shape(False, "months", False, "{of} is in talks for {amount} months and pauses acts"),
}  # fmt: skip


def in_words(effect: Effect) -> str:
    """What the effect does, with the names of the event's fields for who, and in quotes for how much.

    >>> in_words(Effect("trust", "partner", "country", None, "mistrust", -1))
    "the partner's trust in the country falls by `mistrust`"
    """
    shape = EFFECTS[effect.kind]
    return shape.says.format(
        of=f"the {effect.of}",
        toward=f"the {effect.toward}",
        track=effect.track,
        amount=f"`{effect.amount}`",
        way=shape.ways[0 if effect.sign > 0 else 1],
    )
