"""Pages of which parts are made: a part stands between two marks, and what is around it is left as it is."""

from collections.abc import Mapping, Sequence


def with_parts(text: str, parts: Mapping[str, Sequence[str]]) -> str:
    """The page with these parts, by name, made anew from their lines."""
    for name, rows in parts.items():
        begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
        before, _, rest = text.partition(begin)
        text = before + begin + "\n".join(rows) + "\n" + end + rest.partition(end)[2]
    return text
