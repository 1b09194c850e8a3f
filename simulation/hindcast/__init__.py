"""The model against the record: replayed up to an origin, run forward, and scored beside its rivals."""
