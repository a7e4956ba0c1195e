"""manage.py dpia: the data protection impact assessment (GDPR Art. 35)."""

from photolib.rights.documents import DocumentCommand


class Command(DocumentCommand):
    help = (
        "Print the data protection impact assessment (GDPR Art. 35), from the real configuration."
    )
    document = "dpia"
