"""Known errors of a test set, put right: who is really in a picture.

The form is the one in which Labeled Faces in the Wild's errata are kept: a JSON object of
`same_person_names` (lists of folder names that are one person), `image_is_really` (a file's name
without suffix → the person, remarks in brackets) and `two_people_in_one_name` (folder → "0001 differs
from …" or "0001 is Somebody Else"). Other keys are left alone.
"""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from faces.evaluate.pictures import Pictures
from photolib.core.errors import PhotolibError

_OTHER = re.compile(r"(?P<number>\d+)\s+(?:differs\b|is\s+(?P<name>.+))")


def correct(pictures: Pictures, errata: Path | None) -> Pictures:
    """The pictures with the people as the file `errata` corrects them. Raises PhotolibError."""
    if errata is None:
        return pictures
    corrections = _read(errata)
    try:
        same = {
            name: names[0]
            for names in corrections.get("same_person_names", [])
            for name in names[1:]
        }
        really = {
            **{stem: _plain(who) for stem, who in corrections.get("image_is_really", {}).items()},
            **_split_names(corrections.get("two_people_in_one_name", {})),
        }
    except (AttributeError, KeyError, TypeError) as error:
        raise _no_corrections(errata) from error
    people = []
    for file, person in zip(pictures.files, pictures.people, strict=True):
        who = really.get(Path(file).stem, person)
        people.append(same.get(who, who))
    return replace(pictures, people=tuple(people))


def _read(errata: Path) -> dict[str, Any]:
    try:
        found = json.loads(errata.read_text())
    except (OSError, ValueError) as error:
        raise PhotolibError(
            _("{path} cannot be read as JSON: {error}").format(path=errata, error=error)
        ) from error
    if not isinstance(found, dict):
        raise _no_corrections(errata)
    return found


def _no_corrections(errata: Path) -> PhotolibError:
    return PhotolibError(
        _("{path} is not a list of corrections: docs/faces.md shows their form.").format(
            path=errata
        )
    )


def _plain(name: str) -> str:
    """The folder's name in a remark such as "Ricky_Ray (duplicate of Ricky_Ray_0001)"."""
    return name.split("(")[0].strip().replace(" ", "_")


def _split_names(names: dict[str, str]) -> dict[str, str]:
    """By file stem, the person that one picture of a folder of two people shows."""
    found = {}
    for folder, remark in names.items():
        match = _OTHER.match(remark)
        if match:
            stem = f"{folder}_{match['number']}"
            found[stem] = _plain(match["name"]) if match["name"] else stem
    return found
