"""`entente schema`."""

import json
from pathlib import Path

from simulation.describe.editor import json_schema
from simulation.describe.reference import reference
from simulation.errors import BadInput, Fault
from simulation.world import load_world


def write_schema(world: str, page: bool, out: Path | None) -> None:
    """Write JSON Schema, or the reference page, to a file or to standard output."""
    text = (
        reference()
        if page
        else json.dumps(json_schema(load_world(world)), indent=0, separators=(",", ":"), ensure_ascii=False)
        + "\n"
    )
    if out is None:
        print(text, end="")
    elif out.is_dir():
        raise BadInput([Fault(f"{out} is a folder; a file is wanted here")])
    else:
        out.write_text(text, encoding="utf-8")
        print(f"Written: {out}")
