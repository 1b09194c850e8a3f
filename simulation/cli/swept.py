"""What is done with a sweep later: `entente extend`, `rerun`, `verify` and `query`."""

import sys
from pathlib import Path

from rich.table import Table

from simulation.cli.printing import print_json
from simulation.cli.running import console
from simulation.errors import BadInput, CheckFailed, Fault
from simulation.results.manifest import versions
from simulation.results.query import query
from simulation.results.rerun import rerun
from simulation.results.sweeps import Swept, ask_more, begin, more_cases
from simulation.results.verify import DIFFERENT, verify

MOST_ROWS = 200  # of a query that are printed


def extend_sweep(folder: Path, runs: int | None, cases: int | None) -> Path:
    """Ask for more runs a case, or for more points of the design; the folder to go on with."""
    swept = Swept(folder)
    if (runs is None) == (cases is None):
        raise BadInput([Fault("say --runs +200 or --cases +64: what is there more of")])
    if runs is not None:
        ask_more(folder, swept.manifest["runs"] + runs)
        return folder
    return begin(more_cases(folder, cases or 0), folder.absolute().parent)


def rerun_one(folder: Path, case: int, run: int, as_json: bool) -> None:
    """Run one run of a sweep again and save all of it. CheckFailed where it comes out otherwise."""
    found = rerun(Swept(folder), case, run)
    files = found.save(folder / "reruns" / f"case-{case}-run-{run}")
    if as_json:
        print_json({"measures": found.measures, "same": found.same, "files": [str(file) for file in files]})
    else:
        told = "every measure as the sweep holds it" if found.same else "not as the sweep holds it"
        print(f"case {case}, run {run}: {len(found.series)} months, {len(found.decisions)} decisions; {told}")
        for file in files:
            print(f"  {file}")
    if not found.same:
        raise CheckFailed(f"{folder}: case {case}, run {run} came out otherwise in the reference engine")


def verify_sweep(folder: Path, share: float, as_json: bool) -> None:
    """Execute a share of a sweep again. CheckFailed where it comes out otherwise."""
    swept = Swept(folder)
    found = verify(swept, share)
    here = versions()
    there = {key: swept.manifest[key] for key in ("processor", "libm")}
    facts = {
        "verdict": found.verdict,
        "cases": list(found.cases),
        "runs": found.runs,
        "differing": {str(case): gap for case, gap in found.differing.items()},
        "here": {key: here[key] for key in there},
        "there": there,
    }
    if as_json:
        print_json(facts)
    else:
        of = f"{len(found.cases):,} of {swept.manifest['cases']:,} cases, {found.runs:,} runs"
        print(f"{found.verdict}: {of}")
        print(f"computed on {there['processor']}, {there['libm']}; here {here['processor']}, {here['libm']}")
    if found.verdict == DIFFERENT:
        cases = ", ".join(str(case) for case in list(found.differing)[:10])
        raise CheckFailed(f"{folder}: these cases came out otherwise: {cases}")


def query_result(folder: Path, sql: str, as_csv: bool, as_json: bool) -> None:
    """Print what a query says of the tables of a result."""
    found = query(folder, sql)
    if as_csv:
        found.to_csv(sys.stdout, index=False)
    elif as_json:
        print_json(found.to_dict("records"))
    else:
        table = Table(box=None, pad_edge=False, header_style="bold")
        for name in found.columns:
            table.add_column(str(name), justify="right")
        for row in found.head(MOST_ROWS).itertuples(index=False):
            table.add_row(*(f"{each:.6g}" if isinstance(each, float) else str(each) for each in row))
        console().print(table)
        if len(found) > MOST_ROWS:
            print(f"\n{MOST_ROWS} of {len(found):,} rows are shown; --csv prints all")
