"""Logistic regression with an L2 penalty, fitted by Newton's method."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

PENALTY = 1.0
MAXIMUM_STEPS = 50
TOLERANCE = 1e-8


@dataclass(frozen=True)
class LogisticRegression:
    intercept: float
    weights: tuple[float, ...]

    @classmethod
    def fit(cls, rows: Sequence[Sequence[float]], labels: Sequence[int]) -> "LogisticRegression":
        """Maximises the penalised likelihood; the intercept is not penalised."""
        designs = [(1.0, *row) for row in rows]
        size = len(designs[0])
        weights = [0.0] * size
        for _ in range(MAXIMUM_STEPS):
            gradient = [0.0] + [PENALTY * weight for weight in weights[1:]]
            hessian = [
                [PENALTY if row == column and row > 0 else 0.0 for column in range(size)]
                for row in range(size)
            ]
            for design, label in zip(designs, labels, strict=True):
                probability = _sigmoid(_dot(weights, design))
                curvature = max(probability * (1 - probability), 1e-10)
                for row in range(size):
                    gradient[row] += (probability - label) * design[row]
                    scaled = curvature * design[row]
                    for column in range(size):
                        hessian[row][column] += scaled * design[column]
            step = _solve(hessian, gradient)
            weights = [weight - change for weight, change in zip(weights, step, strict=True)]
            if max(map(abs, step)) < TOLERANCE:
                break
        return cls(weights[0], tuple(weights[1:]))

    def probability(self, row: Sequence[float]) -> float:
        return _sigmoid(self.intercept + _dot(self.weights, row))


def _dot(left: Sequence[float], right: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(left, right, strict=True))


def _sigmoid(value: float) -> float:
    if value >= 0:
        return 1 / (1 + math.exp(-value))
    power = math.exp(value)
    return power / (1 + power)


def _solve(matrix: Sequence[Sequence[float]], values: Sequence[float]) -> list[float]:
    """Solves matrix * x = values by Gaussian elimination with partial pivoting."""
    size = len(values)
    rows = [[*row, value] for row, value in zip(matrix, values, strict=True)]
    for column in range(size):
        pivot = max(range(column, size), key=lambda row, at=column: abs(rows[row][at]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for row in range(column + 1, size):
            factor = rows[row][column] / rows[column][column]
            for index in range(column, size + 1):
                rows[row][index] -= factor * rows[column][index]
    solution = [0.0] * size
    for row in reversed(range(size)):
        known = _dot(rows[row][row + 1 : size], solution[row + 1 :])
        solution[row] = (rows[row][size] - known) / rows[row][row]
    return solution
