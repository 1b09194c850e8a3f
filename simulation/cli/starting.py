"""`entente new`."""

import re
from pathlib import Path

from simulation.errors import BadInput, Fault, StoreError, quoted

TEMPLATE = Path(__file__).with_name("new_scenario.yaml")
PARENT = "baseline"  # what the file extends: of that name it would extend itself
LONGEST = 100  # characters of a name
_NAME = re.compile(r"[^\W_][\w-]*")


def write_new(name: str) -> None:
    """Write a commented scenario NAME.yaml that runs as it is. BadInput where that file exists."""
    stem = name.removesuffix(".yaml")
    if not _NAME.fullmatch(stem) or len(stem) > LONGEST:
        hint = f"letters, digits, _ and -, at most {LONGEST}; the file is written in this folder"
        raise BadInput([Fault(f"{quoted(name)} cannot name a scenario", hint=hint)])
    if stem == PARENT:
        hint = "choose another name"
        raise BadInput([Fault(f"the new scenario extends {PARENT}, and cannot be called that", hint=hint)])
    path = Path(f"{stem}.yaml")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(template(stem))
    except FileExistsError:
        hint = "choose another name: entente new NAME"
        raise BadInput(
            [Fault(f"there is a file {path} already, and nothing was written", hint=hint)]
        ) from None
    except OSError as error:
        raise StoreError(f"cannot write {path}: {error.strerror or error}") from error
    print(f"Wrote {path}. Edit it, then: entente run {path}")


def template(name: str) -> str:
    """The text of a new scenario of that name."""
    return (
        TEMPLATE.read_text(encoding="utf-8")
        .replace("{name}", name)
        .replace("{title}", name.replace("_", " "))
    )
