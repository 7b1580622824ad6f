"""From a CSV file to a model, its metrics and a report."""
