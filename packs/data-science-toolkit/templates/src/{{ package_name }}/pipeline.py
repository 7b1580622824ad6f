"""The pipeline: load, validate, split, encode, fit, measure."""

from dataclasses import dataclass

from .config import Config
from .data import Table, feature_columns, labels, load_table, validate
from .features import Encoder
from .metrics import Metrics, measure, roc_auc_interval
from .models import MODELS, Model
from .split import stratified_split


@dataclass(frozen=True)
class Report:
    config: Config
    table: Table
    training_rows: int
    test_rows: int
    positive_share: float
    """The share of positive rows among all."""
    encoder: Encoder
    model: Model
    metrics: Metrics
    """Of the model, on the test rows."""
    roc_auc_interval: tuple[float, float] | None
    baseline: Metrics
    """Of giving every test row the share of positives among the training rows."""


def run(config: Config) -> Report:
    """Makes the model from the training rows, and measures it on the test rows only."""
    table = load_table(config.dataset)
    validate(table, config)
    targets = labels(table, config)
    training, test = stratified_split(targets, config.test_share, config.seed)
    training_rows = [table.rows[index] for index in training]
    training_targets = [targets[index] for index in training]
    test_targets = [targets[index] for index in test]

    encoder = Encoder.fit(training_rows, feature_columns(table, config))
    model = MODELS[config.model].fit(encoder.encode(training_rows), training_targets)
    vectors = encoder.encode([table.rows[index] for index in test])
    probabilities = [model.probability(vector) for vector in vectors]
    share = sum(training_targets) / len(training_targets)
    return Report(
        config=config,
        table=table,
        training_rows=len(training),
        test_rows=len(test),
        positive_share=sum(targets) / len(targets),
        encoder=encoder,
        model=model,
        metrics=measure(test_targets, probabilities),
        roc_auc_interval=roc_auc_interval(test_targets, probabilities, config.seed),
        baseline=measure(test_targets, [share] * len(test)),
    )
