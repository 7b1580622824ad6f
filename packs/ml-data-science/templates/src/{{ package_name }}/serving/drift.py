"""Tells whether the rows of today are like those the model was made from."""

import math
from collections import Counter
from collections.abc import Sequence

from ..data import Row
from ..features import NumberFeature, parse_number
from .bundle import Bundle, Encoder

BINS = (-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0)
SMALLEST_SHARE = 0.001
NOTICEABLE = 0.1
LARGE = 0.25

Profile = dict[str, dict[str, float]]


def make_profile(encoder: Encoder, rows: Sequence[Row]) -> Profile:
    """The share of each bin of each column; numbers are binned by deviations from the mean."""
    profile: Profile = {}
    for feature in encoder.features:
        counts = Counter(_bin_of(feature, row[feature.column]) for row in rows)
        profile[feature.column] = {
            name: round(count / len(rows), 6) for name, count in sorted(counts.items())
        }
    return profile


def measure_drift(bundle: Bundle, rows: Sequence[Row]) -> dict[str, float]:
    """The population stability index of each column: below 0.1 alike, from 0.25 on far apart."""
    today = make_profile(bundle.encoder, rows)
    return {column: _stability(bundle.profile[column], today[column]) for column in bundle.columns}


def describe_drift(index: float) -> str:
    if index < NOTICEABLE:
        return "alike"
    return "noticeable" if index < LARGE else "large"


def _bin_of(feature: object, text: str) -> str:
    if isinstance(feature, NumberFeature):
        number = parse_number(text)
        if number is None:
            return "(missing)"
        distance = (number - feature.mean) / feature.deviation
        return f"bin {sum(distance >= edge for edge in BINS)}"
    return text if text in feature.values else "(other)"  # type: ignore[attr-defined]


def _stability(before: dict[str, float], after: dict[str, float]) -> float:
    total = 0.0
    for name in sorted(before.keys() | after.keys()):
        # A share of nothing would make the index infinite.
        old = max(before.get(name, 0.0), SMALLEST_SHARE)
        new = max(after.get(name, 0.0), SMALLEST_SHARE)
        total += (new - old) * math.log(new / old)
    return total
