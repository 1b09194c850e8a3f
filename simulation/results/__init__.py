"""The result folder: what a run leaves, written once, atomically, and read back lazily."""
