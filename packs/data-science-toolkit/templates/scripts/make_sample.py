"""Writes data/sample.csv: invented customers of a telephone company, the same at every run.

The chance to leave falls with the time as a customer and rises with monthly contracts, support
calls and the bill. Some values are missing on purpose.
"""

import csv
import math
import random
from pathlib import Path

ROWS = 240
SAMPLE = Path(__file__).resolve().parent.parent / "data" / "sample.csv"
HEADER = [
    "customer_id",
    "tenure_months",
    "monthly_charge",
    "support_calls",
    "contract",
    "payment",
    "paperless",
    "churned",
]


def make_rows(seed: int = 2024) -> list[list[str]]:
    generator = random.Random(seed)
    return [_make_row(number, generator) for number in range(1, ROWS + 1)]


def write_sample(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(make_rows())


def _make_row(number: int, generator: random.Random) -> list[str]:
    contract = _pick(generator, [("monthly", 0.55), ("yearly", 0.25), ("two-year", 0.20)])
    longest = {"monthly": 36, "yearly": 60, "two-year": 72}[contract]
    tenure = 1 + int(generator.random() * longest)
    charge = round(20 + 90 * generator.random(), 2)
    calls = int(6 * generator.random() ** 2)
    payment = _pick(generator, [("card", 0.4), ("transfer", 0.35), ("invoice", 0.25)])
    paperless = _pick(generator, [("yes", 0.6), ("no", 0.4)])
    score = (
        -2.2
        + 1.5 * (contract == "monthly")
        - 0.04 * tenure
        + 0.02 * charge
        + 0.5 * calls
        + 0.4 * (payment == "invoice")
    )
    churned = generator.random() < 1 / (1 + math.exp(-score))
    shown_charge = "" if generator.random() < 0.03 else f"{charge:.2f}"
    shown_payment = "" if generator.random() < 0.02 else payment
    return [
        f"C{number:04d}",
        str(tenure),
        shown_charge,
        str(calls),
        contract,
        shown_payment,
        paperless,
        "yes" if churned else "no",
    ]


def _pick(generator: random.Random, choices: list[tuple[str, float]]) -> str:
    point = generator.random()
    for value, share in choices:
        point -= share
        if point < 0:
            return value
    return choices[-1][0]


if __name__ == "__main__":
    write_sample(SAMPLE)
