"""entente explain, diff and schema as a person and a program see them."""

import json
from pathlib import Path

import pytest

from simulation.library import seeds_folder
from tests.cli.conftest import Entente

FILE = """\
format: 1
title: Half the promise
world: northeast_asia
set:
  commitment.USA.KOR: {value: 0.43, from: 2025-01}
"""
CHAIN = """\
commitment.USA.KOR in half (Half the promise)

  0.43 share from 2025-01 on, before it 0.85 (0.7 to 0.95)

  k.i: commitment of patron k to defend i under a government that keeps it in full
  Bounds: 0 to 1 share ({parameters}).
  USA is United States.
  KOR is South Korea.

What set it, lowest first
  1  world, {relations}
     0.85 (0.7 to 0.95)
       E44  The Washington Declaration widened American extended deterrence.
            Aishwarya Sanjukta Roy Proma, Japan And South Korea: The Rapprochement of Relations
            Amidst Threats, Modern Ghana 2023, paragraph 5 (verified)
       R33  The Washington Declaration of 26 April 2023 created the Nuclear Consultative Group,
            which first met on 18 July.
            Governments of the Republic of Korea and the United States, Washington Declaration, The
            White House 2023 (verified)
       R71  The United States is bound to defend Japan (1960) and Korea (1953).
            Governments concerned, Treaties of 1951-60, 1953, 1961, 1965 and 2024, Treaty texts 2024
            (recalled)
     -> holds until 2024-12
  2  file half, half.yaml:5
     {value: 0.43, from: 2025-01}
     -> holds from 2025-01 on

In the runs
  Each draw takes its own value until 2024-12, between 0.7 and 0.95, most likely 0.85 (triangular).
  Governments of USA keep of it the share resolve.USA.CAMP.KOR: internationalist 1, transactional
    0.647.

How much it matters
  Number 34 of 322 by sensitivity in baseline: the share of the variance of cooperation.final in
    which it has a part is 0.002 (95 %: 0.001 to 0.003). `entente sweep sensitivity_all` tells.

Who reads it
  A patron's commitments move toward what its camp keeps; it brokers by the threat it sees itself.
      [behaviours.commit; E44 R68 R70]
    through: Commitment toward which a patron moves: what its camp keeps of the promise, and
        declarations. [patronage.commitment_level; E44 R33 R70 R71]
  Commitments of i at the level its camp keeps, and its brokering. [opening.lay_patron]
    through: the rule patronage.commitment_level, as above
"""
BESIDE_ITSELF = """\
A  family       Family
B  family+loud  Family (loud), --set runs=7

runs  (runs)
  A  1000  by default
  B  7     on the command line

threats.PRK  (acts/year)
  A  40   family.yaml:4
  B  100  family.yaml:6

The first 7 runs pair: each meets the same luck in A and in B.
"""
MONTHS = """\
months in half (Half the promise)

  12 months

  How long it is simulated.
  Bounds: 1 to 1200 months.

What set it, lowest first
  1  default
     60
     -> replaced on the command line
  2  command line
     --set months=12
     -> holds

In the runs
  A scenario and its parent share start, months, runs, rng_seed: their runs pair, one by one.

Who reads it
  no rule of the model
"""
ALL = """\
half: Half the promise
What differs from northeast_asia left as it is:

  runs                10 runs
                      on the command line, in place of 1000
  threats.PRK         69 acts/year
                      on the command line, in place of 35
  commitment.USA.KOR  0.43 share from 2025-01 on, before it 0.85 (0.7 to 0.95)
                      half.yaml:5, in place of 0.85 (0.7 to 0.95)

One of them in full: add its path to this command.
"""
DIFF = """\
A  half   Half the promise
B  whole  The whole promise

runs  (runs)
  A  1000  by default
  B  500   whole.yaml:4

commitment.USA.KOR  (share)
  A  0.43 from 2025-01 on, before it 0.85 (0.7 to 0.95)  half.yaml:5
  B  0.85 (0.7 to 0.95)                                  {relations}, the world

events in B alone
  2024-01 scandal, country KOR
      whole.yaml:5

The first 500 runs pair: each meets the same luck in A and in B.
"""
WHOLE = """\
format: 1
title: The whole promise
world: northeast_asia
runs: 500
events: [{at: 2024-01, event: scandal, country: KOR}]
"""


@pytest.fixture(autouse=True)
def files(tmp_path: Path) -> None:
    (tmp_path / "half.yaml").write_text(FILE, encoding="utf-8")
    (tmp_path / "whole.yaml").write_text(WHOLE, encoding="utf-8")


def filled(text: str) -> str:
    """The text with the places of the seeds in it, found by what stands there."""
    seeds = seeds_folder()
    found = {}
    for name, file, start, below in (
        ("parameters", seeds / "parameters.yaml", "commitment: ", None),
        ("relations", seeds / "northeast_asia" / "relations.yaml", "KOR: {value: 0.85", "  commitment:"),
    ):
        lines = file.read_text(encoding="utf-8").splitlines()
        first = 0 if below is None else lines.index(below)
        at = next(n for n, line in enumerate(lines) if n >= first and line.strip().startswith(start.strip()))
        found[name] = f"{file}:{at + 1}"
    return text.replace("{parameters}", found["parameters"]).replace("{relations}", found["relations"])


def test_a_chain_in_full(entente: Entente) -> None:
    ended = entente("explain", "half.yaml", "commitment.USA.KOR")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == filled(CHAIN)


def test_a_key_on_the_command_line(entente: Entente) -> None:
    assert entente("explain", "half.yaml", "months", "--set", "months=12").out == MONTHS


def test_without_a_path_all_that_was_set(entente: Entente) -> None:
    words = ("explain", "half.yaml", "--set", "runs=10", "--set", "threats.PRK=high")
    assert entente(*words).out == ALL
    said = json.loads(entente(*words, "--json").out)
    assert [row["path"] for row in said["values"]] == ["runs", "threats.PRK", "commitment.USA.KOR"]
    assert said["values"][2]["value"] == {
        "value": "0.43 from 2025-01 on, before it 0.85 (0.7 to 0.95)",
        "by": "scenario",
        "file": "half.yaml",
        "line": 5,
        "option": None,
    }
    (bare := Path("bare.yaml")).write_text(
        "format: 1\ntitle: Bare\nworld: northeast_asia\n", encoding="utf-8"
    )
    assert entente("explain", bare).out.endswith("left as it is:\n\n  nothing\n")


def test_a_chain_for_a_program(entente: Entente) -> None:
    said = json.loads(entente("explain", "half.yaml", "commitment.USA.KOR", "--json").out)
    assert (said["unit"], said["bounds"]) == ("share", [0.0, 1.0])
    world, file = said["chain"]
    assert (file["by"], file["file"], file["line"]) == ("file half", "half.yaml", 5)
    (ground,) = world["rests_on"]
    assert (ground["value"], ground["low"], ground["high"]) == (0.85, 0.7, 0.95)
    assert [claim["key"] for claim in ground["evidence"]] == ["E44", "R33", "R71"]
    assert said["readers"][0]["name"] == "behaviours.commit"
    assert said["readers"][0]["passes"][0]["name"] == "patronage.commitment_level"


def test_what_differs(entente: Entente) -> None:
    ended = entente("diff", "half.yaml", "whole.yaml")
    assert (ended.code, ended.out) == (0, filled(DIFF))
    same = entente("diff", "half.yaml", "half.yaml").out
    assert same.splitlines()[3:] == [
        "Nothing differs.",
        "All 1,000 runs pair: each meets the same luck in A and in B.",
    ]
    said = json.loads(entente("diff", "half.yaml", "whole.yaml", "--json").out)
    assert [row["path"] for row in said["values"]] == ["runs", "commitment.USA.KOR"]
    assert said["events"] == [
        {"in": "b", "event": "2024-01 scandal, country KOR", "file": "whole.yaml", "line": 5, "option": None}
    ]
    assert (said["paired_runs"], said["unpaired_by"]) == (500, [])
    assert (
        "Runs do not pair: they differ in start, months, rng_seed."
        in entente("diff", "baseline", "since_2022").out
    )


def test_what_a_variant_or_a_setting_changes(entente: Entente) -> None:
    Path("family.yaml").write_text(
        "format: 1\ntitle: Family\nextends: half\nthreats: {PRK: 40}\n"
        "variants:\n  loud: {threats.PRK: 100}\n  short: {months: 12}\n",
        encoding="utf-8",
    )
    ended = entente("diff", "family.yaml", "--variant", "loud", "--set", "runs=7")
    assert (ended.code, ended.out) == (0, BESIDE_ITSELF)
    said = json.loads(entente("diff", "half.yaml", "family.yaml", "--variant", "loud,short", "--json").out)
    found = [row["path"] for row in said["values"]]
    assert found == ["months", "threats.PRK", "commitment.USA.KOR"]  # of 2025, which twelve months leave out
    assert (said["a"]["scenario"], said["b"]["scenario"]) == ("half", "family+loud+short")


def test_a_schema_to_standard_output_and_to_a_file(entente: Entente, tmp_path: Path) -> None:
    printed = entente("schema").out
    assert json.loads(printed)["$schema"].endswith("2020-12/schema")
    assert entente("schema", "--out", "s.json") == (0, "Written: s.json\n", "")
    assert (tmp_path / "s.json").read_text(encoding="utf-8") == printed
    assert entente("schema", "--reference").out.startswith("# The scenario file\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["explain", "baseline", "commitment.USA.KRO"], 'did you mean "commitment.USA.KOR"?'),
        (["explain", "basline", "months"], 'did you mean "baseline"?'),
        (["explain", "baseline", "months", "--variant", "x"], 'baseline has no variant "x"'),
        (["explain", "baseline", "months", "--set", "months=0"], "0 is below the lowest value"),
        (["diff", "baseline", "basline"], 'did you mean "baseline"?'),
        (["diff", "baseline"], 'nothing stands beside "baseline"\n  name a second scenario, or say by'),
        (["diff", "basline", "half.yaml", "--set", "mnths=1"], 'did you mean "baseline"?\n--set mnths=1:1:1'),
        (["schema", "--world", "mars"], 'there is no world "mars"'),
        (["schema", "--out", "."], ". is a folder; a file is wanted here"),
    ],
)
def test_bad_input_ends_with_2(entente: Entente, words: list[str], message: str) -> None:
    ended = entente(*words)
    assert (ended.code, ended.out) == (2, "")
    assert message in ended.err
