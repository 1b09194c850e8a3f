"""The command line: one file a group of verbs."""

from simulation.cli.main import main

__all__ = ["main"]
