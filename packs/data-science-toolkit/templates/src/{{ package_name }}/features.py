"""Turns rows of text into vectors of numbers, with what is learned from the training rows only."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .data import Row

MAXIMUM_CATEGORIES = 20

Vector = list[float]


@dataclass(frozen=True)
class NumberFeature:
    """Standardised; a missing number counts as the mean."""

    column: str
    mean: float
    deviation: float

    @property
    def names(self) -> list[str]:
        return [self.column]

    def encode(self, text: str) -> Vector:
        value = parse_number(text)
        return [0.0 if value is None else (value - self.mean) / self.deviation]


@dataclass(frozen=True)
class CategoryFeature:
    """One number for each frequent value, 1 or 0; a rare or new value is 0 in all of them."""

    column: str
    values: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        return [f"{self.column}={value or '(missing)'}" for value in self.values]

    def encode(self, text: str) -> Vector:
        return [float(text == value) for value in self.values]


@dataclass(frozen=True)
class Encoder:
    features: tuple[NumberFeature | CategoryFeature, ...]

    @classmethod
    def fit(cls, rows: Sequence[Row], columns: Sequence[str]) -> "Encoder":
        return cls(tuple(_fit_feature(name, [row[name] for row in rows]) for name in columns))

    @property
    def names(self) -> list[str]:
        return [name for feature in self.features for name in feature.names]

    def encode(self, rows: Sequence[Row]) -> list[Vector]:
        return [
            [number for feature in self.features for number in feature.encode(row[feature.column])]
            for row in rows
        ]


def parse_number(text: str) -> float | None:
    """The number, or None when the text is not a finite one."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _fit_feature(column: str, texts: Sequence[str]) -> NumberFeature | CategoryFeature:
    present = [text for text in texts if text != ""]
    numbers = [number for text in present if (number := parse_number(text)) is not None]
    if present and len(numbers) == len(present):
        mean = math.fsum(numbers) / len(numbers)
        variance = math.fsum((number - mean) ** 2 for number in numbers) / len(numbers)
        return NumberFeature(column, mean, math.sqrt(variance) or 1.0)
    ranked = sorted(Counter(texts).items(), key=lambda item: (-item[1], item[0]))
    return CategoryFeature(column, tuple(value for value, _ in ranked[:MAXIMUM_CATEGORIES]))
