"""The doorbell: tells waiting workers that there is something to do (docs/adr/0003-doorbell.md).

The only importer of django-q2. A ring is a genuine django-q2 task, enqueued in the same transaction as
the rows it is about, so that a rollback takes it back. A ring that is lost costs a minute: what is due
stands in Incoming and StepRun.
"""

from django_q.brokers import get_broker
from django_q.tasks import async_task


def ring(photo_id: int) -> None:
    """Steps of this photo are due."""
    async_task("photolib.intake.tasks.run_photo", photo_id)


def ring_incoming(incoming_id: int) -> None:
    """A file has arrived."""
    async_task("photolib.intake.tasks.accept_incoming", incoming_id)


def wait() -> bool:
    """Wait for a ring: half a second (Q_CLUSTER's poll). True if somebody rang.

    The message is answered unread: the worker looks for what is due, which may be more or less.
    """
    broker = get_broker()
    heard = broker.dequeue() or []
    for ticket, _message in heard:
        broker.acknowledge(ticket)
    return bool(heard)


def clear() -> None:
    """Forget all rings: for a worker that has just worked off everything. It must look once more."""
    get_broker().purge_queue()
