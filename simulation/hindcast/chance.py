"""The luck of rivals and tests, which is no part of a run: for each purpose a generator of its own."""

import hashlib

import numpy as np

Generator = np.random.Generator  # noqa: TID251 (rivals draw whole arrays; runs of the model draw by address)


def luck(rng_seed: int, *purpose: object) -> Generator:
    """The generator for a purpose, the same whatever else is drawn."""
    words = hashlib.sha256(repr((rng_seed, *purpose)).encode()).digest()
    key = [int.from_bytes(words[at : at + 8], "little") for at in (0, 8)]
    return Generator(np.random.Philox(key=np.array(key, np.uint64)))  # noqa: TID251
