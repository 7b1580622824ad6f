"""From a model in memory to one that others can ask: saved, served, recorded, watched."""
