"""Writes a report as JSON for programs and as Markdown for people."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .models.logistic_regression import LogisticRegression
from .pipeline import Report

DIGITS = 4


def write_report(report: Report, folder: Path) -> list[Path]:
    """Writes report.json and report.md, and returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {"report.json": to_json(report), "report.md": to_markdown(report)}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return [folder / name for name in texts]


def to_json(report: Report) -> str:
    """The same for the same data and configuration: no times, no machine."""
    interval = report.roc_auc_interval
    document = {
        "dataset": {
            "name": report.config.dataset.name,
            "sha256": report.table.sha256,
            "rows": len(report.table.rows),
            "target": report.config.target,
            "positive": report.config.positive,
            "positive_share": _rounded(report.positive_share),
        },
        "split": {
            "training_rows": report.training_rows,
            "test_rows": report.test_rows,
            "seed": report.config.seed,
        },
        "model": {"kind": report.config.model, "weights": weights(report)},
        "metrics": _rounded(asdict(report.metrics)),
        "roc_auc_95": None if interval is None else _rounded(list(interval)),
        "baseline": _rounded(asdict(report.baseline)),
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def to_markdown(report: Report) -> str:
    config, metrics, baseline = report.config, report.metrics, report.baseline
    rows = [
        (name, getattr(metrics, key), getattr(baseline, key))
        for name, key in (
            ("ROC AUC", "roc_auc"),
            ("Log loss", "log_loss"),
            ("Accuracy", "accuracy"),
            ("Precision", "precision"),
            ("Recall", "recall"),
            ("F1", "f1"),
        )
    ]
    lines = [
        f"# Report: {config.target} = {config.positive}",
        "",
        f"{len(report.table.rows)} rows of `{config.dataset.name}`, "
        f"{report.positive_share:.1%} of them positive. Model `{config.model}`, "
        f"made from {report.training_rows} rows, tested on the {report.test_rows} others.",
        "",
        "| metric | model | baseline |",
        "| --- | ---: | ---: |",
        *(f"| {name} | {_cell(value)} | {_cell(other)} |" for name, value, other in rows),
        "",
        "The baseline gives every row one probability: the share of positives in training.",
    ]
    if report.roc_auc_interval is not None:
        low, high = report.roc_auc_interval
        lines += [f"The 95 % bootstrap interval of the ROC AUC is {low:.3f} to {high:.3f}."]
    lines += [
        "",
        "| | predicted positive | predicted negative |",
        "| --- | ---: | ---: |",
        f"| positive | {metrics.true_positives} | {metrics.false_negatives} |",
        f"| negative | {metrics.false_positives} | {metrics.true_negatives} |",
    ]
    ranked = sorted(weights(report).items(), key=lambda item: (-abs(item[1]), item[0]))
    if ranked:
        lines += [
            "",
            "## Weights",
            "",
            "Of standardised numbers and of categories; above 0 speaks for positive.",
            "",
            "| feature | weight |",
            "| --- | ---: |",
            *(f"| {name} | {weight:+.3f} |" for name, weight in ranked),
        ]
    return "\n".join(lines) + "\n"


def weights(report: Report) -> dict[str, float]:
    """The weight of each feature, empty for a model that has none."""
    if not isinstance(report.model, LogisticRegression):
        return {}
    pairs = zip(report.encoder.names, report.model.weights, strict=True)
    return {name: round(weight, DIGITS) for name, weight in pairs}


def _cell(value: float | None) -> str:
    return "n/a" if value is None else f"{value:.3f}"


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, DIGITS)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return value
