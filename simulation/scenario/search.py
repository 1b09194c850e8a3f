"""Where the names in a scenario lead: to files and folders beside it, or in the library.

A scenario may come from a stranger: what it names stays inside its own folder tree (the nearest folder
called `scenarios` around it, otherwise the folder it lies in) or inside the library.
"""

from pathlib import Path, PurePosixPath, PureWindowsPath

from simulation.library import scenarios_folder, seeds_folder

SCENARIOS = "scenarios"
WORLDS = "worlds"
ENDING = ".yaml"
WORLD_MARK = "source.yaml"


def tree_of(folder: Path) -> Path:
    """The folder that the names in a file of `folder` may not leave."""
    whole = folder.resolve()
    return next((each for each in (whole, *whole.parents) if each.name == SCENARIOS), whole)


def leads_out(name: str, folder: Path) -> bool:
    """Whether a name in a file of `folder` leads out of that file's tree, or is no relative path."""
    if "\\" in name or "\0" in name or name.startswith("~"):
        return True
    if PurePosixPath(name).is_absolute() or PureWindowsPath(name).drive:
        return True
    return not (folder / name).resolve().is_relative_to(tree_of(folder))


def find_scenario(name: str, folder: Path) -> Path | None:
    """The file of the scenario that a file in `folder` calls `name`; None where there is none.

    Looked for in the folder itself, its tree, the nearest `scenarios` folder around the working
    directory, and the library.
    """
    with_ending = name if name.endswith((".yaml", ".yml")) else name + ENDING
    places = [folder] if ".." in PurePosixPath(name).parts else _scenario_places(folder)
    return next((place / with_ending for place in places if (place / with_ending).is_file()), None)


def scenario_names(folder: Path) -> list[str]:
    """Every name that a file in `folder` could give to a scenario in these places, sorted."""
    return sorted({file.stem for place in _scenario_places(folder) for file in place.glob("*" + ENDING)})


def find_world(name: str, folder: Path) -> Path | None:
    """The folder of the world that a file in `folder` calls `name`; None where there is none.

    Looked for beside the file, in its tree, in `worlds` of the working directory, and in the library.
    """
    return next((place / name for place in _world_places(folder) if _is_world(place / name)), None)


def world_names(folder: Path) -> list[str]:
    """Every name that a file in `folder` could give to a world in these places, sorted."""
    places = [place for place in _world_places(folder) if place.is_dir()]
    return sorted({each.name for place in places for each in place.iterdir() if _is_world(each)})


def shown(path: Path) -> Path:
    """The path as messages show it: from the working directory where it lies below."""
    whole, here = path.resolve(), Path.cwd()
    return whole.relative_to(here) if whole.is_relative_to(here) else whole


def _is_world(folder: Path) -> bool:
    return (folder / WORLD_MARK).is_file()


def _scenario_places(folder: Path) -> list[Path]:
    here = Path.cwd()
    around = [each / SCENARIOS for each in (here, *here.parents) if (each / SCENARIOS).is_dir()]
    return [folder, tree_of(folder), *around[:1], scenarios_folder()]


def _world_places(folder: Path) -> list[Path]:
    return [folder, tree_of(folder), Path.cwd() / WORLDS, seeds_folder()]
