"""The figures of README.md, each drawn by a command that README.md names: `make gallery`."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

FIGURES = Path(__file__).parent / "figures"
FIGURE = re.compile(r"^\s*figure (.+\.png)$", re.MULTILINE)

# By the name of the picture: the command, and how the file of the figure ends that it draws.
SEVERAL = (
    "entente compare all_peak all_calm nk_moratorium china_taiwan_crisis china_coercion war_ends "
    "us_retrenchment us_leaves_korea seoul_reversal tokyo_reversal history_storm history_quiet"
)
GALLERY = {
    "baseline-cooperation.png": ("entente run baseline", "cooperation.png"),
    "baseline-rungs.png": ("entente run baseline", "rungs.png"),
    "differences.png": (SEVERAL, ".png"),
    "theories.png": ("entente compare us_retrenchment --theories", "-theories.png"),
    "network.png": ("entente run us_retrenchment", "network.png"),
}


def drawn(command: str) -> list[str]:
    """Run a command; the pictures that it says it drew."""
    words = [sys.executable, "-m", "simulation", *command.split()[1:]]
    done = subprocess.run(words, cwd=FIGURES.parents[1], check=True, stdout=subprocess.PIPE, text=True)
    return FIGURE.findall(done.stdout)


def main() -> None:
    """Draw every picture anew; what was run before is found again."""
    found = {command: drawn(command) for command in dict.fromkeys(command for command, _ in GALLERY.values())}
    for name, (command, ending) in GALLERY.items():
        (picture,) = [path for path in found[command] if path.endswith(ending)]
        shutil.copyfile(FIGURES.parents[1] / picture, FIGURES / name)
        print(f"docs/figures/{name}: {command}")


if __name__ == "__main__":
    main()
