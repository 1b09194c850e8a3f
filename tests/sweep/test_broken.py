"""Broken sweep files, each with what is said of it: broken.txt, which a person reads."""

import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from simulation.errors import BadInput
from simulation.sweep.design import load_sweep

TEXT = (Path(__file__).parent / "broken.txt").read_text(encoding="utf-8")
CASES = dict(re.findall(r"^=== (\S+)\n(.*?)(?=^=== |\Z)", TEXT, re.M | re.S))
TABLE = "threats.PRK,commitment.USA.KOR\n10,0.5\n20,x\n30\n"
DRAWS = "choice.pace,choice.pase,threats.PRK\n0.1,0.2,10\n0.9,0.2,10\n"


@pytest.mark.parametrize("name", CASES)
def test_every_fault_is_said_in_one_pass(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text, said = CASES[name].split("--- said\n")
    monkeypatch.chdir(tmp_path)
    Path(name).write_text(text, encoding="utf-8")
    Path("t.csv").write_text(TABLE, encoding="utf-8")
    Path("d.csv").write_text(DRAWS, encoding="utf-8")
    pq.write_table(pa.table({"choice.pace": [0.1, 0.7]}), "p.parquet")
    Path("no.parquet").write_text(TABLE, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load_sweep(Path(name))
    shown = re.sub(r"\S*/(?=scenarios/)", "", str(caught.value))
    assert shown.strip() == re.sub(r"\S*/(?=scenarios/)", "", said).strip()
