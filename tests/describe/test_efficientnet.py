"""The network of whole pictures: its squares, and what it says of real pictures."""

from pathlib import Path

import numpy as np
import pytest
import skimage
from numpy.typing import NDArray
from PIL import Image

from photolib.core.errors import ModelMissing
from photolib.core.model_files import ModelFile
from photolib.describe import efficientnet
from photolib.describe.efficientnet import CLASSES, FEATURES, EfficientNet, network
from photolib.describe.models_used import EFFICIENTNET
from photolib.describe.vocabulary import BY_IMAGENET

pytestmark = pytest.mark.models


def sample(name: str) -> NDArray[np.uint8]:
    path = Path(skimage.__file__).parent / "data" / name
    return np.asarray(Image.open(path).convert("RGB"))


def test_cat_and_coffee_are_what_the_network_says_first() -> None:
    for name, concepts in (("chelsea.png", {"cat"}), ("coffee.png", {"coffee", "cup"})):
        first = int(network.classify(sample(name)).argmax())
        assert BY_IMAGENET[first].id in concepts


def test_probabilities_are_shares_of_one() -> None:
    shares = network.classify(sample("chelsea.png"))
    assert shares.shape == (CLASSES,)
    assert shares.dtype == np.float32
    assert shares.min() >= 0
    assert shares.sum() == pytest.approx(1, abs=1e-4)


def test_features_have_length_one_and_lie_nearer_to_a_copy_than_to_another_picture() -> None:
    cat = sample("chelsea.png")
    copy = np.asarray(Image.fromarray(cat).resize((200, 150)))
    one, two, other = (network.features(each) for each in (cat, copy, sample("coffee.png")))
    assert one.shape == (FEATURES,)
    assert np.linalg.norm(one) == pytest.approx(1, abs=1e-4)
    assert one @ two > 0.9
    assert one @ other < 0.6


def test_the_same_picture_reads_the_same_twice() -> None:
    first, second = network.read(sample("coffee.png")), network.read(sample("coffee.png"))
    assert np.array_equal(first.probabilities, second.probabilities)
    assert np.array_equal(first.features, second.features)


def test_narrow_and_tiny_pictures_are_read_too() -> None:
    for shape in ((1, 1600, 3), (1600, 1, 3), (1, 1, 3)):
        reading = network.read(np.full(shape, 128, np.uint8))
        assert np.isfinite(reading.probabilities).all()
        assert np.isfinite(reading.features).all()


def test_changed_file_is_an_error_that_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    real = EFFICIENTNET
    changed = ModelFile(real.package, real.file, "0" * 64, real.licence)
    monkeypatch.setattr(efficientnet, "EFFICIENTNET", changed)
    with pytest.raises(ModelMissing, match="pip install --force-reinstall"):
        EfficientNet().classify(sample("coffee.png"))
