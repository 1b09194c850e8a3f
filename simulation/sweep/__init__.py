"""Sweeps: one scenario at many points of a design."""
