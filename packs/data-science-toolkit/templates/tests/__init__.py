"""The tests run on the sample data, whatever pipeline.toml says: `python3 -m unittest`."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "data" / "sample.csv"

# So that nothing need be installed.
sys.path.insert(0, str(ROOT / "src"))

PIPELINE = """\
[data]
path = "data/sample.csv"
target = "churned"
positive = "yes"
ignore = ["customer_id"]

[split]
test_share = 0.25
seed = 42

[model]
kind = "logistic_regression"
"""


def make_project(folder: Path, *, pipeline: str = PIPELINE) -> Path:
    """Puts a pipeline.toml and the sample data into a folder; returns the path of the file."""
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "sample.csv").write_bytes(SAMPLE.read_bytes())
    path = folder / "pipeline.toml"
    path.write_text(pipeline, encoding="utf-8")
    return path
