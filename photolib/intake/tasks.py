"""The tasks that the doorbell carries: what `manage.py qcluster` runs where somebody prefers it.

They carry keys and return quietly if the row has gone.
"""

from photolib.intake import acceptance, runner


def run_photo(photo_id: int) -> None:
    runner.run_photo(photo_id)


def accept_incoming(incoming_id: int) -> None:
    photo_id = acceptance.accept_incoming(incoming_id)
    if photo_id is not None:
        runner.run_photo(photo_id)
