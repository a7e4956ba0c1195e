"""The files of the household's own captioner, for the lists of models in exports and documents."""

from photolib.core.model_files import ModelFile, ModelInUse, register_choice
from photolib.describe.sentences.models import SentenceServer

_PURPOSE = "drafts of sentences about pictures, in English; no identity"
_LICENCE = "as its publisher says (Florence-2: MIT, Microsoft)"


def files_in_use() -> list[ModelInUse]:
    """Each file of the folder that an admin named, as it was then; none where there is no such folder."""
    server = SentenceServer.objects.exclude(files={}).first()
    if server is None:
        return []
    return [
        ModelInUse(ModelFile(server.model, file, sha256, _LICENCE), _PURPOSE)
        for file, sha256 in server.files.items()
    ]


register_choice(files_in_use)
