"""The models by the name that pipeline.toml uses. A new one needs `fit` and `probability`."""

from collections.abc import Sequence
from typing import Protocol, Self

from .logistic_regression import LogisticRegression
from .nearest_neighbours import NearestNeighbours


class Model(Protocol):
    @classmethod
    def fit(cls, rows: Sequence[Sequence[float]], labels: Sequence[int]) -> Self: ...

    def probability(self, row: Sequence[float]) -> float:
        """How likely the row is a positive one, from 0 to 1."""
        ...


MODELS: dict[str, type[Model]] = {
    "logistic_regression": LogisticRegression,
    "nearest_neighbours": NearestNeighbours,
}
