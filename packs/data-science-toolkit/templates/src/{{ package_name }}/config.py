"""Reads pipeline.toml strictly: everything that is wrong with it is reported at once."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .models import MODELS


class ConfigError(Exception):
    """The configuration cannot be read or is not valid."""


@dataclass(frozen=True)
class Config:
    dataset: Path
    target: str
    positive: str
    ignore: tuple[str, ...]
    test_share: float
    seed: int
    model: str


Check = tuple[Callable[[Any], bool], str]


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def _is_integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


CHECKS: dict[tuple[str, str], Check] = {
    ("data", "path"): (_is_text, "the path of a CSV file"),
    ("data", "target"): (_is_text, "the name of a column"),
    ("data", "positive"): (_is_text, "a value of the target column"),
    ("data", "ignore"): (
        lambda value: isinstance(value, list) and all(_is_text(name) for name in value),
        "a list of column names",
    ),
    ("split", "test_share"): (
        lambda value: isinstance(value, float) and 0 < value < 1,
        "a number between 0 and 1",
    ),
    ("split", "seed"): (_is_integer, "an integer"),
    ("model", "kind"): (lambda value: value in MODELS, f"one of {', '.join(MODELS)}"),
}


def load_config(path: Path) -> Config:
    """Reads the file; the dataset's path is resolved from the file's folder."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"cannot read {path}: {error}") from error
    problems = _find_problems(document)
    if problems:
        raise ConfigError(f"{path} is not valid:\n- " + "\n- ".join(problems))
    return Config(
        dataset=path.parent / document["data"]["path"],
        target=document["data"]["target"],
        positive=document["data"]["positive"],
        ignore=tuple(document["data"]["ignore"]),
        test_share=document["split"]["test_share"],
        seed=document["split"]["seed"],
        model=document["model"]["kind"],
    )


def _find_problems(document: dict[str, Any]) -> list[str]:
    found: dict[tuple[str, str], Any] = {}
    problems = []
    for section, table in document.items():
        if not isinstance(table, dict):
            problems.append(f"{section} is not a section")
            continue
        for key, value in table.items():
            found[section, key] = value
    problems += [f"{section}.{key} is not known" for section, key in found.keys() - CHECKS.keys()]
    for (section, key), (is_valid, expected) in CHECKS.items():
        if (section, key) not in found:
            problems.append(f"{section}.{key} is missing: {expected}")
        elif not is_valid(found[section, key]):
            problems.append(f"{section}.{key} must be {expected}, not {found[section, key]!r}")
    return sorted(problems)
