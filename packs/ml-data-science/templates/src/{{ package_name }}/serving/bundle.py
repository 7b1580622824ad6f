"""Saves all that a prediction needs as one JSON file: readable, and no code runs to read it."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ..data import Row
from ..features import CategoryFeature, Encoder, NumberFeature
from ..models import MODELS, Model
from ..models.logistic_regression import LogisticRegression
from ..models.nearest_neighbours import NearestNeighbours

FORMAT = 1


class BundleError(Exception):
    """The file is not a model that this program can use."""


@dataclass(frozen=True)
class Bundle:
    version: str
    """Begins the SHA-256 of the data: the same data and settings give the same version."""
    kind: str
    encoder: Encoder
    model: Model
    profile: dict[str, dict[str, float]]
    """What the training rows were like, to compare later rows with."""

    @property
    def columns(self) -> list[str]:
        return [feature.column for feature in self.encoder.features]

    def predict(self, rows: list[Row]) -> list[float]:
        return [self.model.probability(vector) for vector in self.encoder.encode(rows)]


def save_bundle(bundle: Bundle, path: Path) -> None:
    """Replaces the file at once: a server that reads it sees the old model or the new one."""
    document = {
        "format": FORMAT,
        "version": bundle.version,
        "kind": bundle.kind,
        "features": [
            {"kind": "number" if isinstance(feature, NumberFeature) else "category"}
            | asdict(feature)
            for feature in bundle.encoder.features
        ],
        "model": asdict(bundle.model),  # type: ignore[call-overload]
        "profile": bundle.profile,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    draft.replace(path)


def load_bundle(path: Path) -> Bundle:
    """Raises a BundleError for a file that is missing, damaged or of another format."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["format"] != FORMAT:
            raise BundleError(f"{path} has format {document['format']}, expected {FORMAT}")
        return Bundle(
            version=str(document["version"]),
            kind=document["kind"],
            encoder=Encoder(tuple(_read_feature(entry) for entry in document["features"])),
            model=_read_model(document["kind"], document["model"]),
            profile=document["profile"],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BundleError(f"cannot use {path}: {error!r}") from error


def _read_feature(entry: dict[str, Any]) -> NumberFeature | CategoryFeature:
    if entry["kind"] == "number":
        return NumberFeature(entry["column"], float(entry["mean"]), float(entry["deviation"]))
    return CategoryFeature(entry["column"], tuple(entry["values"]))


def _read_model(kind: str, entry: dict[str, Any]) -> Model:
    if MODELS[kind] is LogisticRegression:
        return LogisticRegression(float(entry["intercept"]), tuple(map(float, entry["weights"])))
    return NearestNeighbours(tuple(map(tuple, entry["rows"])), tuple(entry["labels"]))
