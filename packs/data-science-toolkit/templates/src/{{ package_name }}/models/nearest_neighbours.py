"""k nearest neighbours by Euclidean distance."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

NEIGHBOURS = 15


@dataclass(frozen=True)
class NearestNeighbours:
    rows: tuple[tuple[float, ...], ...]
    labels: tuple[int, ...]

    @classmethod
    def fit(cls, rows: Sequence[Sequence[float]], labels: Sequence[int]) -> "NearestNeighbours":
        return cls(tuple(tuple(row) for row in rows), tuple(labels))

    def probability(self, row: Sequence[float]) -> float:
        """The share of positive rows among the nearest; of two as near, the earlier counts."""
        ranked = sorted((math.dist(row, known), index) for index, known in enumerate(self.rows))
        nearest = [self.labels[index] for _, index in ranked[:NEIGHBOURS]]
        return sum(nearest) / len(nearest)
