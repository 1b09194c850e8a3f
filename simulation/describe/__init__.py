"""What a scenario says and may say: where a value comes from, what differs, and what an editor can know."""
