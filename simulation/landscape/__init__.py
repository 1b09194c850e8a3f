"""Stable alignments of countries in two blocs: the landscape theory of aggregation.

Source: R. Axelrod and D. S. Bennett, "A Landscape Theory of Aggregation", British Journal of Political
Science 23(2), 1993, 211-233. Each country has a size, each pair a propensity to stand together. What a
country loses by a configuration is its frustration; what all lose, each by its size, is the energy.
"""
