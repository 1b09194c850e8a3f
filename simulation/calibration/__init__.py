"""What the training years say of the uncertain mechanisms: a joint posterior, and how far to trust it."""
