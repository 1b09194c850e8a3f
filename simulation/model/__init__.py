"""The model: rules (one file a mechanism), the arrays of a run, and what a country does on them."""
