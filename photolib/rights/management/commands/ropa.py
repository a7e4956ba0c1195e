"""manage.py ropa: the record of processing activities (GDPR Art. 30)."""

from photolib.rights.documents import DocumentCommand


class Command(DocumentCommand):
    help = "Print the record of processing activities (GDPR Art. 30), from the real configuration."
    document = "ropa"
