"""Loads a CSV file and checks that a model can be made from it."""

import csv
import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from .config import Config

MINIMUM_ROWS = 20
MINIMUM_ROWS_PER_CLASS = 4

Row = dict[str, str]


class DataError(Exception):
    """The dataset cannot be read or is not fit for the pipeline."""


@dataclass(frozen=True)
class Table:
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    sha256: str


def load_table(path: Path) -> Table:
    """Reads UTF-8 CSV with a header; every row must have as many values as the header."""
    try:
        content = path.read_bytes()
        lines = content.decode("utf-8-sig").splitlines(keepends=True)
        records = [record for record in csv.reader(lines, strict=True) if record]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"cannot read {path}: {error}") from error
    if not records:
        raise DataError(f"{path} is empty")
    header = [name.strip() for name in records[0]]
    repeated = [name for name, times in Counter(header).items() if times > 1]
    if repeated:
        raise DataError(f"{path} has more than one column named {', '.join(map(repr, repeated))}")
    for number, record in enumerate(records[1:], start=1):
        if len(record) != len(header):
            raise DataError(
                f"{path}, row {number}: {len(record)} values, but the header has {len(header)}"
            )
    rows = tuple(
        {name: value.strip() for name, value in zip(header, record, strict=True)}
        for record in records[1:]
    )
    return Table(tuple(header), rows, hashlib.sha256(content).hexdigest())


def validate(table: Table, config: Config) -> None:
    """Raises a DataError that lists every reason why no model can be made."""
    problems = [
        f"there is no column {name!r}; the columns are {', '.join(table.columns)}"
        for name in (config.target, *config.ignore)
        if name not in table.columns
    ]
    if len(table.rows) < MINIMUM_ROWS:
        problems.append(f"there are {len(table.rows)} rows, at least {MINIMUM_ROWS} are needed")
    if config.target in table.columns:
        problems += _target_problems(table, config)
    if not feature_columns(table, config):
        problems.append("no column is left to learn from")
    if problems:
        raise DataError("\n- ".join([f"{config.dataset} is not fit for the pipeline:", *problems]))


def feature_columns(table: Table, config: Config) -> list[str]:
    """The columns to learn from, without those that are empty throughout."""
    return [
        name
        for name in table.columns
        if name != config.target
        and name not in config.ignore
        and any(row[name] != "" for row in table.rows)
    ]


def labels(table: Table, config: Config) -> list[int]:
    """1 where the target has the positive value, else 0."""
    return [int(row[config.target] == config.positive) for row in table.rows]


def _target_problems(table: Table, config: Config) -> list[str]:
    counts = Counter(row[config.target] for row in table.rows)
    problems = []
    if counts.pop("", 0):
        problems.append(f"the target {config.target!r} is empty in some rows")
    if len(counts) != 2:
        found = ", ".join(repr(value) for value in sorted(counts)[:5])
        problems.append(
            f"the target {config.target!r} must have two values, but has {len(counts)}: {found}"
        )
    if config.positive not in counts:
        found = ", ".join(repr(value) for value in sorted(counts)[:5])
        problems.append(f"the target never has the positive value {config.positive!r}, but {found}")
    problems += [
        f"the value {value!r} is in {times} rows, at least {MINIMUM_ROWS_PER_CLASS} are needed"
        for value, times in sorted(counts.items())
        if times < MINIMUM_ROWS_PER_CLASS
    ]
    return problems
