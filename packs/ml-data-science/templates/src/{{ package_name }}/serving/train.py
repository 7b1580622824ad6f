"""Makes the model, records the run, and saves what is better than the baseline."""

import argparse
import hashlib
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ..config import ConfigError, load_config
from ..data import DataError
from ..pipeline import Report, run
from .bundle import Bundle, save_bundle
from .drift import make_profile
from .experiments import record_run


def make_bundle(report: Report) -> Bundle:
    """The same data and settings give the same bundle, byte by byte."""
    config = report.config
    settings = f"{report.table.sha256} {config.model} {config.seed} {config.test_share}"
    settings += f" {config.target} {config.positive} {' '.join(config.ignore)}"
    bundle = Bundle(
        version=hashlib.sha256(settings.encode()).hexdigest()[:12],
        kind=config.model,
        encoder=report.encoder,
        model=report.model,
        profile={},
    )
    return replace(bundle, profile=make_profile(report.encoder, report.table.rows))


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the exit code: 0 saved, 1 not valid, 2 not better than the baseline."""
    parser = argparse.ArgumentParser(description="Make the model and save it for the server.")
    parser.add_argument("--config", type=Path, default=Path("pipeline.toml"), metavar="FILE")
    parser.add_argument("--output", type=Path, default=Path("models"), metavar="FOLDER")
    options = parser.parse_args(arguments)
    try:
        report = run(load_config(options.config))
    except (ConfigError, DataError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    bundle = make_bundle(report)
    record_run(report, bundle.version, options.output / "runs.jsonl")
    if report.metrics.log_loss >= report.baseline.log_loss:
        print("error: the model is not better than the baseline; nothing saved", file=sys.stderr)
        return 2
    save_bundle(bundle, options.output / "model.json")
    print(f"{options.output / 'model.json'}: {bundle.kind}, version {bundle.version}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
