"""How a number is written, and what to write for one that is written in another way."""

import math
import re
from decimal import Decimal
from typing import NamedTuple

NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
LONGEST_NUMBER = 40
TOO_LARGE = 1e30


class Meant(NamedTuple):
    """What to say of a number that is written in another way, and the number as it is to be written."""

    hint: str
    number: str | None = None


def _write(number: str) -> Meant:
    return Meant(f"write {number}", number)


def whole_meant(text: str) -> Meant | None:
    """What to write for a whole number that has a point or an exponent."""
    if not NUMBER.fullmatch(text) or len(text) > LONGEST_NUMBER:
        return None
    size = abs(float(text))
    if size >= TOO_LARGE:
        return Meant("it is too large")
    if size < 1:
        return None if re.match(r"-?[0.]*[1-9]", text) else _write("0")
    exact = Decimal(text)
    return _write(str(int(exact))) if exact == int(exact) else None


def number_meant(text: str, unit: str | None) -> Meant | None:
    """What to write for a number in a spelling that people, or other readers of YAML, would take."""
    bare = text.replace("_", "")
    if re.fullmatch(r"[+-]?0x[0-9a-fA-F]{1,12}|[+-]?0o[0-7]{1,12}|[+-]?0b[01]{1,32}", bare):
        return Meant(f"write it in decimals: {int(bare, 0)}", str(int(bare, 0)))
    if bare.lstrip("+-").casefold() in {".inf", ".nan", "inf", "nan", "infinity"}:
        return Meant("a number is finite")
    if len(text) > LONGEST_NUMBER:
        return Meant(f"write at most {LONGEST_NUMBER} characters") if NUMBER.fullmatch(text) else None
    if NUMBER.fullmatch(text):
        return None if math.isfinite(float(text)) else Meant("it is too large")
    for meant in (bare.lstrip("+"), re.sub(r"^(-?)0+(?=[0-9])", r"\1", bare), "0" + bare, bare + "0"):
        if NUMBER.fullmatch(meant) and math.isfinite(float(meant)):
            return _write(meant)
    return _written_for_people(text, unit)


def _written_for_people(text: str, unit: str | None) -> Meant | None:
    """What to write for a percentage, a comma, a clock time, or a number with its unit beside it."""
    percent = re.fullmatch(r"(-?[0-9]+(?:[.,][0-9]+)?) ?%", text)
    if percent:
        number = percent[1].replace(",", ".")
        share = format((Decimal(number) / 100).normalize(), "f")
        return _write(share) if (unit or "").startswith("share") else _alone(number)
    if re.fullmatch(r"-?[0-9]{1,3}([,.' ])[0-9]{3}(?:\1[0-9]{3})*", text):
        whole = re.sub("[^0-9-]", "", text)
        return Meant(f"write {whole}: nothing parts the thousands", whole)
    if re.fullmatch(r"-?[0-9]+,[0-9]+", text):
        return _write(text.replace(",", "."))
    fraction = re.fullmatch(r"(-?[0-9]+)/([0-9]*[1-9][0-9]*)", text)
    if fraction:
        return _write(f"{int(fraction[1]) / int(fraction[2]):.6g}")
    beside = re.match(r"-?[0-9]+(?:\.[0-9]+)? ?(?=[A-Za-z/])", text)
    if beside and NUMBER.fullmatch(beside[0].strip()):
        return _alone(beside[0].strip())
    return None


def _alone(number: str) -> Meant:
    return Meant(f"write the number alone: {number}", number)
