"""Where the names in a scenario lead: to files and folders beside it, or in the library.

A scenario may come from a stranger: what it names stays inside its own folder tree (the nearest folder
called `scenarios` around it, otherwise the folder it lies in) or inside the library.
"""

from collections.abc import Callable
from pathlib import Path, PurePosixPath, PureWindowsPath

from simulation.library import scenarios_folder, seeds_folder

SCENARIOS = "scenarios"
WORLDS = "worlds"
SEEDS = "seeds"
ENDINGS = (".yaml", ".yml")
WORLD_MARK = "source.yaml"
LONGEST_NAME = 200  # characters; file systems refuse longer ones with an error


def leads_out(name: str, folder: Path) -> bool:
    """Whether a name in a file of `folder` leads out of that file's tree, or is no relative path."""
    if len(name) > LONGEST_NAME or "\\" in name or name.startswith("~"):
        return True
    if PurePosixPath(name).is_absolute() or PureWindowsPath(name).drive:
        return True
    tree = _tree(folder)
    return not all((folder / each).resolve().is_relative_to(tree) for each in (name, name + ENDINGS[0]))


def find_scenario(name: str, folder: Path) -> Path | None:
    """The file of the scenario that a file in `folder` calls `name`; None where there is none.

    Looked for in the folder itself, its tree, the nearest `scenarios` folder around the working
    directory, and the library.
    """
    file = name if name.endswith(ENDINGS) else name + ENDINGS[0]
    return _first(_scenario_places(folder), file, folder, Path.is_file)


def scenario_names(folder: Path) -> list[str]:
    """Every name that a file in `folder` could give to a scenario in these places, sorted."""
    return sorted({file.stem for place in _scenario_places(folder) for file in place.glob("*" + ENDINGS[0])})


def find_world(name: str, folder: Path) -> Path | None:
    """The folder of the world that a file in `folder` calls `name`; None where there is none.

    Looked for beside the file and in `worlds` beside it, in its tree and in `worlds` of that, in `worlds` of
    the working directory, in the library, and in `seeds` of the working directory, where a checkout keeps
    its worlds.
    """
    return _first(_world_places(folder), name, folder, _is_world)


def world_names(folder: Path) -> list[str]:
    """Every name that a file in `folder` could give to a world in these places, sorted."""
    places = [place for place in _world_places(folder) if place.is_dir()]
    return sorted({each.name for place in places for each in place.iterdir() if _is_world(each)})


def _tree(folder: Path) -> Path:
    """The folder that the names in a file of `folder` may not leave."""
    whole = folder.resolve()
    return next((each for each in (whole, *whole.parents) if each.name == SCENARIOS), whole)


def _first(places: list[Path], name: str, folder: Path, fits: Callable[[Path], bool]) -> Path | None:
    """What the name leads to in the first of the places that has it inside its tree."""
    # A way up is meant from the file that says it, and from nowhere else.
    for place in [folder] if ".." in PurePosixPath(name).parts else places:
        found = (place / name).resolve()
        if found.is_relative_to(_tree(place)) and fits(found):
            return found
    return None


def _is_world(folder: Path) -> bool:
    return (folder / WORLD_MARK).is_file()


def _scenario_places(folder: Path) -> list[Path]:
    here = Path.cwd()
    around = [each / SCENARIOS for each in (here, *here.parents) if (each / SCENARIOS).is_dir()]
    return [folder, _tree(folder), *around[:1], scenarios_folder()]


def _world_places(folder: Path) -> list[Path]:
    here = Path.cwd()
    beside = [each for place in (folder, _tree(folder)) for each in (place, place / WORLDS)]
    return [*beside, here / WORLDS, seeds_folder(), here / SEEDS]
