"""The pieces of which a JSON Schema is made."""

from typing import Any

from simulation.describe.flat import bounds_text

Form = dict[str, Any]
TEXT = ["string", "number", "boolean"]  # an editor takes `title: 1950` for a number; here it is a text


def described(meaning: str, unit: str | None, low: float | None, high: float | None) -> str:
    """A meaning as a sentence, with the bounds where both are known."""
    sentence = meaning if meaning.endswith(".") else f"{meaning}."
    if low is None or high is None:
        return sentence
    return f"{sentence} From {bounds_text(low, high)}{f' {unit}' if unit else ''}."


def number(low: float | None, high: float | None, kind: str = "number") -> Form:
    """A number within its bounds."""
    bounds = {"minimum": low, "maximum": high}
    return {"type": kind} | {name: bound for name, bound in bounds.items() if bound is not None}


def closed(properties: Form, required: list[str] | None = None) -> Form:
    """A mapping of these keys and no others."""
    need = {"required": required} if required else {}
    return {"type": "object", "properties": properties, "additionalProperties": False} | need


def list_of(items: Form, least: int = 0, most: int | None = None) -> Form:
    """A list of different things."""
    size = {"minItems": least} | ({} if most is None else {"maxItems": most})
    return {"type": "array", "items": items, "uniqueItems": True} | size


def named(names: dict[str, str]) -> Form:
    """One of these names, each with what it means."""
    return {"oneOf": [{"const": name, "description": text} for name, text in names.items()]}


def ref(name: str) -> Form:
    """The form of that name, which stands elsewhere in the schema."""
    return {"$ref": f"#/$defs/{name}"}
