"""Seventeen European states before the war: what the article prints, and what it does not.

Source of the sizes, of both configurations and of the counts: R. Axelrod and D. S. Bennett, "A Landscape
Theory of Aggregation", British Journal of Political Science 23(2), 1993, 211-233 (Table 1, pages 216-227).
Sizes of 1937 to 1939 are 100 times the composite index of the Correlates of War, National Material
Capabilities, version 6.

The article never prints its 136 propensities. Those below are a reconstruction from the recipe of its note
28, coded from general knowledge, and two choices in it were made after its result was seen: the religions
of the Soviet Union, and that Romania and the Soviet Union had an ethnic conflict. That the configurations
of 1936 come out is therefore no test of the theory.

    python -m tests.landscape.seventeen 1936 FOLDER     # writes both tables, for `entente blocs`
"""

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SIZES = {  # printed for 1936; index for 1937, 1938, 1939
    "Britain": (7.45, 7.704, 7.779, 9.968),
    "France": (5.32, 4.753, 4.557, 3.96),
    "Czechoslovakia": (1.15, 1.297, 1.305, 1.216),
    "Denmark": (0.2, 0.196, 0.199, 0.195),
    "Germany": (11.49, 11.786, 15.422, 17.796),
    "Italy": (4.03, 3.872, 3.185, 2.703),
    "Poland": (1.83, 1.84, 1.957, 1.831),
    "Romania": (0.78, 0.803, 0.813, 0.682),
    "Hungary": (0.45, 0.46, 0.469, 0.428),
    "Portugal": (0.27, 0.267, 0.267, 0.243),
    "Finland": (0.19, 0.179, 0.193, 0.179),
    "Latvia": (0.13, 0.124, 0.126, 0.109),
    "Lithuania": (0.1, 0.113, 0.113, 0.098),
    "Estonia": (0.06, 0.061, 0.061, 0.056),
    "Soviet Union": (15.01, 14.786, 16.436, 13.814),
    "Yugoslavia": (0.59, 0.61, 0.635, 0.547),
    "Greece": (0.35, 0.381, 0.372, 0.319),
}
NAMES = tuple(SIZES)
BESIDE_BRITAIN = {  # the two minima that the article reports for 1936, by who stands with Britain
    1: {"Britain", "France", "Czechoslovakia", "Denmark", "Soviet Union", "Yugoslavia", "Greece"},
    2: set(NAMES) - {"Soviet Union", "Yugoslavia", "Greece"},
}

RELIGION = {  # shares of Catholics, Protestants, Orthodox, Muslims, atheists
    "Britain": (0.06, 0.90, 0, 0, 0.02), "France": (0.95, 0.02, 0, 0, 0.02),
    "Czechoslovakia": (0.77, 0.08, 0.01, 0, 0.06), "Denmark": (0.01, 0.98, 0, 0, 0),
    "Germany": (0.33, 0.63, 0, 0, 0.03), "Italy": (0.99, 0.003, 0, 0, 0), "Poland": (0.75, 0.03, 0.12, 0, 0),
    "Romania": (0.15, 0.06, 0.73, 0.01, 0), "Hungary": (0.67, 0.27, 0.01, 0, 0),
    "Portugal": (0.98, 0, 0, 0, 0), "Finland": (0, 0.96, 0.02, 0, 0.01), "Latvia": (0.24, 0.56, 0.14, 0, 0),
    "Lithuania": (0.81, 0.09, 0.03, 0, 0), "Estonia": (0, 0.78, 0.19, 0, 0.01),
    "Soviet Union": (0.01, 0.01, 0.45, 0.12, 0.40), "Yugoslavia": (0.37, 0.02, 0.49, 0.11, 0),
    "Greece": (0.01, 0, 0.96, 0.02, 0),
}  # fmt: skip
GOVERNMENT = {
    **dict.fromkeys(("Britain", "France", "Czechoslovakia", "Denmark", "Finland", "Romania"), "democratic"),
    **dict.fromkeys(("Germany", "Italy", "Portugal"), "fascist"),
    "Soviet Union": "communist",
}
CONFLICTS = {  # recent war, border, ethnic: each counts -1
    "Germany": "Britain France France Italy Soviet_Union Yugoslavia Greece Romania Portugal Czechoslovakia "
    "Czechoslovakia Poland Poland Denmark Lithuania",
    "Hungary": "Romania Romania Romania Czechoslovakia Czechoslovakia Czechoslovakia Yugoslavia Yugoslavia",
    "Poland": "Soviet_Union Soviet_Union Lithuania Lithuania Lithuania Czechoslovakia",
    "Soviet Union": "Estonia Latvia Lithuania Finland Finland Romania Romania",
    "Italy": "Yugoslavia Yugoslavia",
}


def sizes(year: int) -> Floats:
    """Shares of the world's capabilities, in per cent."""
    return np.array([row[year - 1936] for row in SIZES.values()])


def propensities(year: int) -> Floats:
    """The reconstruction; Romania counts as no democracy from 1938 on (note 37)."""
    found = np.array([[_religion(a, b) + _government(a, b, year) for b in NAMES] for a in NAMES])
    for a, others in CONFLICTS.items():
        for b in others.split():
            i, j = NAMES.index(a), NAMES.index(b.replace("_", " "))
            found[i, j] -= 1.0
            found[j, i] -= 1.0
    return found


def _religion(a: str, b: str) -> float:
    """The chance that two people share their confession, less that they are of different major religions."""
    one, other = RELIGION[a], RELIGION[b]
    major, others = (sum(one[:3]), *one[3:]), (sum(other[:3]), *other[3:])
    same = sum(x * y for x, y in zip(one, other, strict=True))
    return same - sum(x * y for i, x in enumerate(major) for j, y in enumerate(others) if i != j)


def _government(a: str, b: str, year: int) -> float:
    def of(name: str) -> str | None:
        return None if name == "Romania" and year >= 1938 else GOVERNMENT.get(name)

    if of(a) is None or of(b) is None:
        return 0.0
    return 1.0 if of(a) == of(b) else -1.0


def write_tables(year: int, folder: Path) -> None:
    """Write sizes.csv and propensities.csv into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [f"{name},{size}" for name, size in zip(NAMES, sizes(year), strict=True)]
    (folder / "sizes.csv").write_text("\n".join(["country,size", *rows, ""]))
    square = [
        ",".join([name, *(f"{value:.4f}" for value in row)])
        for name, row in zip(NAMES, propensities(year), strict=True)
    ]
    (folder / "propensities.csv").write_text("\n".join([",".join(["", *NAMES]), *square, ""]))


if __name__ == "__main__":
    write_tables(int(sys.argv[1]), Path(sys.argv[2]))
