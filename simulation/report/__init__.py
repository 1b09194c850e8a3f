"""What a person reads: the printed table, and the figures of a result."""
