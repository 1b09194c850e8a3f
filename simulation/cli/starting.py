"""`entente new`."""

import re
import shutil
from pathlib import Path

from simulation.errors import BadInput, Fault, StoreError, quoted
from simulation.library import seeds_folder
from simulation.scenario.search import WORLDS

TEMPLATE = Path(__file__).with_name("new_scenario.yaml")
OF_WORLD = Path(__file__).with_name("new_world_scenario.yaml")
WORLD = "template"  # the world of the library that a new one begins as
PARENT = "baseline"  # what the file extends: of that name it would extend itself
LONGEST = 100  # characters of a name
_NAME = re.compile(r"[^\W_][\w-]*")


def write_new(name: str) -> None:
    """Write a commented scenario NAME.yaml that runs as it is. BadInput where that file exists."""
    stem = _checked(name, "scenario")
    if stem == PARENT:
        hint = "choose another name"
        raise BadInput([Fault(f"the new scenario extends {PARENT}, and cannot be called that", hint=hint)])
    path = Path(f"{stem}.yaml")
    _write(path, template(stem))
    print(f"Wrote {path}. Edit it, then: entente run {path}")


def write_world(name: str) -> None:
    """Copy the smallest world to worlds/NAME, with a scenario NAME.yaml in it that runs as it is.

    BadInput where either is there already, or the library has a world of that name.
    """
    stem = _checked(name, "world")
    folder, path = Path(WORLDS) / stem, Path(f"{stem}.yaml")
    for there in (folder, path):
        if there.exists():
            kind = "folder" if there.is_dir() else "file"
            message = f"there is a {kind} {there} already, and nothing was written"
            raise BadInput([Fault(message, hint="choose another name: entente new --world NAME")])
    if (seeds_folder() / stem).is_dir():
        message = f"the library has a world {quoted(stem)}, and two of one name could be taken for each other"
        raise BadInput([Fault(message, hint="choose another name: entente new --world NAME")])
    try:
        shutil.copytree(seeds_folder() / WORLD, folder)
    except OSError as error:
        raise StoreError(f"cannot write {folder}: {error.strerror or error}") from error
    text = OF_WORLD.read_text(encoding="utf-8").replace("{name}", stem)
    _write(path, text.replace("{title}", stem.replace("_", " ")))
    print(f"Wrote {folder}, a world to make your own, and {path}. Look at them, then: entente run {path}")


def _checked(name: str, kind: str) -> str:
    """The name without the ending of a file. BadInput where it cannot be that of a file."""
    stem = name.removesuffix(".yaml")
    if not _NAME.fullmatch(stem) or len(stem) > LONGEST:
        hint = f"letters, digits, _ and -, at most {LONGEST}; the file is written in this folder"
        raise BadInput([Fault(f"{quoted(name)} cannot name a {kind}", hint=hint)])
    return stem


def _write(path: Path, text: str) -> None:
    """Write a file that is not there yet."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        message = f"there is a file {path} already, and nothing was written"
        raise BadInput([Fault(message, hint="choose another name: entente new NAME")]) from None
    except OSError as error:
        raise StoreError(f"cannot write {path}: {error.strerror or error}") from error


def template(name: str) -> str:
    """The text of a new scenario of that name."""
    return (
        TEMPLATE.read_text(encoding="utf-8")
        .replace("{name}", name)
        .replace("{title}", name.replace("_", " "))
    )
