"""The command `entente`: its verbs, and how they end.

Exit codes: 0 done, 1 an expectation or a verification failed, 2 bad input, 3 some runs not ok, 4 disk,
lock or cluster, 130 interrupted.
"""

import os
import sys
from pathlib import Path
from typing import NoReturn

import typer

from simulation.cli import verbs, verbs_of_blocs, verbs_of_record, verbs_of_sweeps  # noqa: F401 (they join the command)
from simulation.cli.interrupts import listen
from simulation.cli.options import app
from simulation.cli.printing import fault_rows, print_json
from simulation.cli.streams import outlast_readers
from simulation.errors import BadInput, EntenteError


def main() -> None:
    """Run the command; every fault of ours ends in a message and an exit code, not a traceback."""
    listen()
    outlast_readers()
    try:
        command = typer.main.get_command(app)  # its own main() would turn Ctrl-C into a code
        with command.make_context("entente", sys.argv[1:] or ["--help"]) as context:
            command.invoke(context)
        sys.stdout.flush()
    except BadInput as error:
        _refuse(error)
    except EntenteError as error:
        _stop(str(error), error.exit_code)
    except KeyboardInterrupt:
        _stop(
            "interrupted: results of scenarios that were finished are kept, of this one nothing is written",
            130,
        )
    except typer.Exit as leaving:  # --help has been printed
        sys.exit(leaving.exit_code)
    except OSError as error:
        _forget_output()
        _stop(f"cannot read or write {error.filename or 'the output'}: {error.strerror or error}", 4)
    except Exception as error:
        from simulation.cli.usage import usage_fault

        fault = usage_fault(error)  # what is wrong with the command line
        if fault is None:
            raise
        _refuse(BadInput([fault]))


def _forget_output() -> None:
    """Send what is still to be written to nowhere, so that leaving does not fail once more."""
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


def _refuse(error: BadInput) -> NoReturn:
    """End on faults: as JSON where that was asked for, otherwise as text on standard error."""
    if "--json" in sys.argv:
        print_json({"faults": fault_rows(error.faults)})
        sys.exit(error.exit_code)
    _stop(str(error), error.exit_code)


def _stop(message: str, code: int) -> NoReturn:
    print(message, file=sys.stderr)
    sys.exit(code)
