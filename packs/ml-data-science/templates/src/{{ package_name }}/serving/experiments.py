"""A record of what was tried: one line of JSON for each run, which git can keep and compare."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ..pipeline import Report


def record_run(report: Report, version: str, path: Path) -> None:
    """Adds the run, unless the last line says the same already."""
    line = json.dumps(_describe(report, version), ensure_ascii=False, sort_keys=True)
    runs = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    if runs and runs[-1] == line:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(line + "\n")


def read_runs(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _describe(report: Report, version: str) -> dict[str, Any]:
    metrics = asdict(report.metrics)
    return {
        "version": version,
        "model": report.config.model,
        "seed": report.config.seed,
        "test_share": report.config.test_share,
        "rows": len(report.table.rows),
        "metrics": {
            name: None if metrics[name] is None else round(metrics[name], 4)
            for name in ("roc_auc", "log_loss", "accuracy", "f1")
        },
    }
