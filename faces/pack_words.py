"""The words of packs_data that people read, said here once more so that they can be translated.

A test compares the two: a pack without its words here fails.
"""

from django.utils.translation import gettext_noop

WORDS = frozenset(
    {
        gettext_noop("Bundled: small and quick"),
        gettext_noop("InsightFace model weights: for research and private, non-commercial use"),
        gettext_noop("Labeled Faces in the Wild, all ten folds, with these very files"),
        gettext_noop("OpenCV YuNet and SFace: free for any use, less exact"),
        gettext_noop("YuNet: MIT. SFace: Apache-2.0. For any use, business too"),
        gettext_noop("OpenCV's own cosine for one person (0.363) and 0.10 more"),
        gettext_noop("AuraFace: a recogniser under a free licence"),
        gettext_noop(
            "AuraFace: Apache-2.0, for any use. Its detector is InsightFace's: research and private use only"
        ),
        gettext_noop("the bundled pack's and 0.10 more: its makers publish lower rates"),
        gettext_noop("InsightFace buffalo_l: larger, slower"),
        gettext_noop(
            "the bundled pack's and 0.05 more: trained on the same people in the same way"
        ),
        gettext_noop("InsightFace antelopev2: the largest and slowest"),
        gettext_noop("the bundled pack's and 0.05 more: a larger network of the same kind"),
    }
)
