"""Settings that every test shares."""

from hypothesis import settings

# The suite draws the same examples on every machine, and no clock decides: the first example of a test may
# wait for a compiler. `pytest --hypothesis-profile=search` looks for new ones.
settings.register_profile("suite", derandomize=True, deadline=None)
settings.register_profile("search", max_examples=2000, deadline=None)
settings.load_profile("suite")
