"""Smiles on faces of Labeled Faces in the Wild that we labelled: the fit, and what it is worth."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from faces.insightface_engine import InsightFaceEngine
from photolib.describe.analysers.smiles import SAID_FROM
from photolib.describe.boxes import Box
from photolib.describe.mouth import CONSTANT, MEANS, SPREADS, WEIGHTS, measures, reader
from tests.describe.truth.smiles import NOT_SMILING, SMILING

# The penalty of the fit, and how often the folds are drawn anew.
PENALTY, REPEATS = 0.1, 10


@pytest.mark.shared
@pytest.mark.models
@pytest.mark.slow
def test_smiles_are_told_with_precision_on_people_the_fit_had_not_seen(shared_data: Path) -> None:
    table, smiling = _measured(shared_data / "faces" / "lfw_fold1")
    model = make_pipeline(StandardScaler(), LogisticRegression(C=PENALTY, max_iter=5000))
    unseen = np.mean(
        [
            cross_val_predict(
                model, table, smiling, method="predict_proba",
                cv=StratifiedKFold(5, shuffle=True, random_state=draw),
            )[:, 1]
            for draw in range(REPEATS)
        ],
        axis=0,
    )  # fmt: skip
    said = unseen >= SAID_FROM
    assert smiling[said].mean() >= 0.97, (smiling[said].sum(), said.sum())
    assert said[smiling].mean() >= 0.55

    # What the product says is what a fit to all of them says.
    fitted = model.fit(table, smiling).predict_proba(table)[:, 1]
    logits = ((table - np.array(MEANS)) / np.array(SPREADS)) @ np.array(WEIGHTS) + CONSTANT
    assert np.abs(1 / (1 + np.exp(-logits)) - fitted).max() < 0.05


def _measured(folder: Path) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The measures of every labelled face, (n, 15), and whether it smiles."""
    engine, rows, smiling = InsightFaceEngine(), [], []
    for name in sorted(SMILING | NOT_SMILING):
        image = np.asarray(Image.open(folder / name[:-5] / f"{name}.jpg").convert("RGB"))
        # The one in the middle is the one whose picture it is.
        face = min(
            engine.detect(image),
            key=lambda one: (
                abs(one.left + one.width / 2 - 0.5) + abs(one.top + one.height / 2 - 0.5)
            ),
        )
        rows.append(measures(reader.points(image, Box(*face.box()))))
        smiling.append(name in SMILING)
    return np.array(rows), np.array(smiling)
