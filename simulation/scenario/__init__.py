"""Scenarios: named assumptions in a YAML file, checked and resolved against a world."""
