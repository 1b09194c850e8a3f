"""What is said of scenarios that are wrong: every message in full."""

from pathlib import Path

import pytest

from simulation.errors import BadInput
from simulation.library import scenarios_folder
from simulation.scenario.resolve import load_scenario

CASES = sorted(Path(__file__).parent.glob("broken*.txt"))


def cases() -> dict[str, tuple[dict[str, str], list[str], str]]:
    """Files, overrides and message of each case by its name."""
    found = {}
    texts = [path.read_text(encoding="utf-8") for path in CASES]
    for case in [case for text in texts for case in text.split("\n=== ")[1:]]:
        name, _, rest = case.partition("\n")
        given, _, message = rest.partition("-->")
        overrides = [line.removeprefix("--set ") for line in given.splitlines() if line.startswith("--set ")]
        body = "".join(line for line in given.splitlines(True) if not line.startswith("--set "))
        first, *others = body.split("@ ")
        files = {"x": first} | dict(other.split("\n", 1) for other in others)
        found[name] = (files, overrides, message.strip("\n"))
    return found


def said(folder: Path, files: dict[str, str], overrides: list[str]) -> str:
    """The message that the files bring about."""
    (folder / "scenarios").mkdir(exist_ok=True)
    for name, text in files.items():
        file = name if name.endswith(".csv") else f"{name}.yaml"
        (folder / "scenarios" / file).write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load_scenario("scenarios/x.yaml", overrides)
    return str(caught.value).replace(str(scenarios_folder()), "{library}")


@pytest.mark.parametrize("name", cases())
def test_the_message_is(name: str, tmp_path: Path):
    files, overrides, message = cases()[name]
    assert said(tmp_path, files, overrides) == message


def test_there_are_many_cases_and_none_without_its_message():
    assert len(cases()) >= 150
    assert all(message for _, _, message in cases().values())
