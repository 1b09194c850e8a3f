"""Where the seeds and the scenarios that come with Entente lie."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def seeds_folder() -> Path:
    """The folder of parameters.yaml and of the worlds: packaged, or beside the package in a checkout."""
    return _folder("seeds")


def scenarios_folder() -> Path:
    """The folder of the scenarios that come with Entente: packaged, or beside the package in a checkout."""
    return _folder("scenarios")


def sweeps_folder() -> Path:
    """The folder of the sweeps that come with Entente."""
    return scenarios_folder() / "sweeps"


def _folder(name: str) -> Path:
    packaged = _PACKAGE / "_data" / name
    return packaged if packaged.is_dir() else _PACKAGE.parent / name
