"""The two engines: the Mesa reference and the compiled ensemble, over one rulebook and one luck."""
