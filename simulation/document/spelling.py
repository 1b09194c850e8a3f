"""How a number is written, and what to write for one that is written in another way."""

import math
import re
from decimal import Decimal

NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
LONGEST_NUMBER = 40
TOO_LARGE = 1e30


def whole_hint(text: str) -> str | None:
    """What to write for a whole number that has a point or an exponent."""
    if not NUMBER.fullmatch(text) or len(text) > LONGEST_NUMBER:
        return None
    size = abs(float(text))
    if size >= TOO_LARGE:
        return "it is too large"
    if size < 1:
        return None if re.match(r"-?[0.]*[1-9]", text) else "write 0"
    exact = Decimal(text)
    return f"write {int(exact)}" if exact == int(exact) else None


def number_hint(text: str, unit: str | None) -> str | None:
    """What to write for a number in a spelling that people, or other readers of YAML, would take."""
    bare = text.replace("_", "")
    if re.fullmatch(r"[+-]?0x[0-9a-fA-F]{1,12}|[+-]?0o[0-7]{1,12}|[+-]?0b[01]{1,32}", bare):
        return f"write it in decimals: {int(bare, 0)}"
    if bare.lstrip("+-").casefold() in {".inf", ".nan", "inf", "nan", "infinity"}:
        return "a number is finite"
    if len(text) > LONGEST_NUMBER:
        return f"write at most {LONGEST_NUMBER} characters" if NUMBER.fullmatch(text) else None
    if NUMBER.fullmatch(text):
        return None if math.isfinite(float(text)) else "it is too large"
    for meant in (bare.lstrip("+"), re.sub(r"^(-?)0+(?=[0-9])", r"\1", bare), "0" + bare, bare + "0"):
        if NUMBER.fullmatch(meant) and math.isfinite(float(meant)):
            return f"write {meant}"
    return _written_for_people(text, unit)


def _written_for_people(text: str, unit: str | None) -> str | None:
    """What to write for a percentage, a comma, a clock time, or a number with its unit beside it."""
    percent = re.fullmatch(r"(-?[0-9]+(?:[.,][0-9]+)?) ?%", text)
    if percent:
        number = percent[1].replace(",", ".")
        share = format((Decimal(number) / 100).normalize(), "f")
        return f"write {share}" if unit == "share" else f"write the number alone: {number}"
    if re.fullmatch(r"-?[0-9]{1,3}([,.' ])[0-9]{3}(?:\1[0-9]{3})*", text):
        return f"write {re.sub('[^0-9-]', '', text)}: nothing parts the thousands"
    if re.fullmatch(r"-?[0-9]+,[0-9]+", text):
        return f"write {text.replace(',', '.')}"
    beside = re.match(r"-?[0-9]+(?:\.[0-9]+)? ?(?=[A-Za-z/])", text)
    if beside and NUMBER.fullmatch(beside[0].strip()):
        return f"write the number alone: {beside[0].strip()}"
    return None
