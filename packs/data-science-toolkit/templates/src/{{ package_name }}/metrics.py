"""How good probabilities are, given what was true."""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

THRESHOLD = 0.5
RESAMPLES = 1000


@dataclass(frozen=True)
class Metrics:
    true_positives: int
    false_positives: int
    true_negatives: int
    false_negatives: int
    accuracy: float
    precision: float | None
    recall: float | None
    f1: float | None
    roc_auc: float | None
    log_loss: float


def measure(labels: Sequence[int], probabilities: Sequence[float]) -> Metrics:
    """A positive is predicted from THRESHOLD on; a ratio to zero is None."""
    pairs = [(label, int(p >= THRESHOLD)) for label, p in zip(labels, probabilities, strict=True)]
    hits, alarms = pairs.count((1, 1)), pairs.count((0, 1))
    passes, misses = pairs.count((0, 0)), pairs.count((1, 0))
    return Metrics(
        true_positives=hits,
        false_positives=alarms,
        true_negatives=passes,
        false_negatives=misses,
        accuracy=(hits + passes) / len(pairs),
        precision=_ratio(hits, hits + alarms),
        recall=_ratio(hits, hits + misses),
        f1=_ratio(2 * hits, 2 * hits + alarms + misses),
        roc_auc=roc_auc(labels, probabilities),
        log_loss=_log_loss(labels, probabilities),
    )


def roc_auc(labels: Sequence[int], probabilities: Sequence[float]) -> float | None:
    """The chance that a positive is ranked above a negative; ties count half (Mann-Whitney)."""
    positives = sum(labels)
    negatives = len(labels) - positives
    if positives == 0 or negatives == 0:
        return None
    order = sorted(range(len(labels)), key=lambda index: probabilities[index])
    rank_sum = 0.0
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and probabilities[order[end]] == probabilities[order[start]]:
            end += 1
        mean_rank = (start + 1 + end) / 2
        rank_sum += mean_rank * sum(labels[index] for index in order[start:end])
        start = end
    return (rank_sum - positives * (positives + 1) / 2) / (positives * negatives)


def roc_auc_interval(
    labels: Sequence[int], probabilities: Sequence[float], seed: int
) -> tuple[float, float] | None:
    """A 95 % bootstrap interval: what a test set of this size can tell, and no more."""
    generator = random.Random(seed)
    size = len(labels)
    values = []
    for _ in range(RESAMPLES):
        sample = [int(generator.random() * size) for _ in range(size)]
        value = roc_auc([labels[i] for i in sample], [probabilities[i] for i in sample])
        if value is not None:
            values.append(value)
    if not values:
        return None
    values.sort()
    last = len(values) - 1
    return values[round(last * 0.025)], values[round(last * 0.975)]


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _log_loss(labels: Sequence[int], probabilities: Sequence[float]) -> float:
    # A probability of exactly 0 or 1 that is wrong would cost infinitely much.
    clipped = [min(max(p, 1e-6), 1 - 1e-6) for p in probabilities]
    losses = [-math.log(p if label else 1 - p) for label, p in zip(labels, clipped, strict=True)]
    return math.fsum(losses) / len(losses)
