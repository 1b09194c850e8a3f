"""Scenario files for tests, in a folder of their own."""

from pathlib import Path

ROOT = "format: 1\ntitle: Root\nworld: northeast_asia\n"


def write(name: str, text: str) -> None:
    """Write a scenario file."""
    path = Path("scenarios") / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def child(name: str, extends: str, text: str = "") -> None:
    """Write a scenario file that extends another."""
    write(name, f"format: 1\ntitle: {name}\nextends: {extends}\n{text}")
