"""What may be said of a result: differences with intervals, probabilities, reasons."""
