"""Divides rows into those to learn from and those to test with."""

import random
from collections.abc import Sequence


def stratified_split(
    labels: Sequence[int], test_share: float, seed: int
) -> tuple[list[int], list[int]]:
    """Returns the indexes of the training and of the test rows, each class in the same shares.

    Both parts hold at least one row of each class.
    """
    generator = random.Random(seed)
    training: list[int] = []
    test: list[int] = []
    for label in sorted(set(labels)):
        indexes = [index for index, value in enumerate(labels) if value == label]
        generator.shuffle(indexes)
        size = min(max(round(len(indexes) * test_share), 1), len(indexes) - 1)
        test += indexes[:size]
        training += indexes[size:]
    return sorted(training), sorted(test)
