"""The scorecard of words in pictures, as figures by name."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from photolib.core.errors import PhotolibError
from photolib.describe.scorecard.text import Figure, figures_of, read_folder


def score_reading(folder: Path) -> dict[str, Any]:
    """What reading is worth on a folder of pictures with a CSV file of lines beside each.

    Raises PhotolibError where there is no such pair.
    """
    pictures = read_folder(folder)
    if not pictures:
        raise PhotolibError(
            _("There is no picture with a CSV file of its lines in {folder}.").format(folder=folder)
        )
    found = figures_of(pictures)
    return {
        "scorecard": "text",
        "pictures": found.pictures,
        **_named("text_cer", found.letters),
        **_named("text_cer_as_written", found.letters_as_written),
        **_named("words_read", found.words),
        **_named("words_made_up", found.made_up),
    }


def _named(name: str, figure: Figure) -> dict[str, object]:
    interval = [round(figure.low, 4), round(figure.high, 4)]
    return {name: round(figure.value, 4), f"{name}_interval": interval}
