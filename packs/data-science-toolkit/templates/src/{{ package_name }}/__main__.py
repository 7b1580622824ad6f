"""The command line: runs the pipeline and writes the report."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from .config import ConfigError, load_config
from .data import DataError
from .pipeline import run
from .report import write_report


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the exit code: 0 done, 1 the configuration or the data is not valid."""
    parser = argparse.ArgumentParser(description="Train the model, test it and write the report.")
    parser.add_argument("--config", type=Path, default=Path("pipeline.toml"), metavar="FILE")
    parser.add_argument("--output", type=Path, default=Path("reports"), metavar="FOLDER")
    options = parser.parse_args(arguments)
    try:
        report = run(load_config(options.config))
    except (ConfigError, DataError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    for path in write_report(report, options.output):
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
