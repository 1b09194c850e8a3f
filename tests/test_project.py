"""The project as a whole: what it ships, what it pins, what it may not say."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# In pieces, so that this file does not name them either.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry", "npmjs"),
        ("deb", "debian"),
        ("debian", "org"),
        ("anaconda", "org"),
        ("proxy", "golang"),
    )
]
INDEX_OPTIONS = ["index" + "-url", "find" + "-links", "trusted" + "-host"]


def output(command: Sequence[str | Path], cwd: Path = ROOT, **environment: str) -> str:
    """What a command prints on standard output; on failure the test shows all it said."""
    done = subprocess.run(
        command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def committed(*folders: str) -> list[str]:
    """Files that git tracks, as paths from the root with `/`."""
    return output(["git", "ls-files", "-z", "--", *folders]).split("\0")[:-1]


def distribution(requirement: str) -> str:
    """Name of the distribution that a requirement or a pin asks for, as indexes spell it."""
    name = re.split(r"[<>=!~;\[ ]", requirement, maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout without a build environment."""
    folder = tmp_path_factory.mktemp("dist")
    output([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)])
    (built,) = folder.glob("*.whl")
    return built


def test_wheel_holds_the_package_the_seeds_and_the_scenarios(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    library = committed("seeds", "scenarios")
    assert "seeds/parameters.yaml" in library
    assert any(name.startswith("scenarios/") for name in library)
    assert {f"simulation/_data/{name}" for name in library} <= names
    assert set(committed("simulation")) <= names
    assert "simulation/py.typed" in names


def test_wheel_holds_nothing_else(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert tops == {"simulation", f"entente_sim-{PROJECT['version']}.dist-info"}


def test_unpacked_wheel_finds_its_own_library(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    program = (
        "from simulation.library import scenarios_folder, seeds_folder;"
        "print(seeds_folder() / 'parameters.yaml', scenarios_folder(), sep='\\n')"
    )
    found = output([sys.executable, "-c", program], cwd=tmp_path, PYTHONPATH=str(tmp_path)).splitlines()
    data = tmp_path / "simulation" / "_data"
    assert [Path(line) for line in found] == [data / "seeds" / "parameters.yaml", data / "scenarios"]
    assert all(Path(line).exists() for line in found)


def test_no_committed_file_names_a_package_registry() -> None:
    naming = [
        f"{name}: {host}"
        for name in committed()
        if (ROOT / name).is_file()
        for host in [*REGISTRIES, *INDEX_OPTIONS]
        if host.encode() in (ROOT / name).read_bytes().lower()
    ]
    assert naming == []


def test_constraints_are_exact_versions_of_all_that_is_asked_for() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert [line for line in pins if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9a-z.]*", line)] == []
    extras = PROJECT["optional-dependencies"]
    assert f"{PROJECT['name']}[cluster]" in extras["dev"]
    asked = PROJECT["dependencies"] + extras["cluster"] + extras["dev"]
    pinned = {distribution(line) for line in pins} | {PROJECT["name"]}
    assert {distribution(line) for line in asked} <= pinned


def test_citation_and_changelog_name_the_version() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert (citation["cff-version"], citation["version"]) == ("1.2.0", PROJECT["version"])
    assert citation["license"] == PROJECT["license"]
    assert re.search(
        rf"^## .*{re.escape(PROJECT['version'])}", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M
    )


@pytest.mark.parametrize("heavy", ["numpy", "numba", "mesa", "pandas", "scipy", "pyarrow", "altair"])
def test_importing_the_package_imports_nothing_heavy(imported: frozenset[str], heavy: str) -> None:
    assert "simulation" in imported
    assert heavy not in imported


@pytest.fixture(scope="module")
def imported() -> frozenset[str]:
    """Names of the top-level modules that `import simulation` brings in."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "import simulation"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    modules = [line.rpartition("|")[2].strip() for line in done.stderr.splitlines()]
    return frozenset(module.partition(".")[0] for module in modules)
