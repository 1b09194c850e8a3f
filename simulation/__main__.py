"""`python -m simulation` is `entente`."""

from simulation.cli import main

main()
