"""Answers that were given before there was a ledger become its first entries, in their order."""

from dataclasses import asdict

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from photolib.consent.chain import (
    ORIGIN,
    Chained,
    chain_hash,
    commit_to,
    new_entry_id,
    new_salt,
    subject_reference,
)


def add_entries(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    decision_model = apps.get_model("consent", "Decision")
    entry_model = apps.get_model("consent", "LedgerEntry")
    subject_model = apps.get_model("consent", "LedgerSubject")
    head_model = apps.get_model("consent", "LedgerHead")
    previous, number, at = ORIGIN, 0, None
    for decision in decision_model.objects.filter(entry__isnull=True).order_by("pk"):
        salt = new_salt()
        reference = subject_reference(decision.person_id, decision.library_id)
        subject, _made = subject_model.objects.get_or_create(
            person_id=decision.person_id,
            library_id=decision.library_id,
            defaults={
                "name": decision.person.name,
                "salt": salt,
                "commitment": commit_to(salt, reference),
            },
        )
        number += 1
        at = max(moment for moment in (decision.decided_at, at) if moment)
        actor = f"user:{decision.decided_by_id}" if decision.decided_by_id else "invitation:"
        chained = Chained(
            sequence=number,
            entry_id=new_entry_id(),
            subject=subject.commitment,
            purpose=decision.purpose,
            granted=decision.granted,
            channel=decision.channel,
            actor=commit_to(subject.salt, actor),
            text_id=decision.text_id,
            text_language=decision.text_language,
            text_sha256=decision.text_sha256,
            at=at,
            clock_behind=0,
        )
        digest = chain_hash(chained, previous)
        entry_model.objects.create(**asdict(chained), previous=previous, hash=digest)
        decision.entry_id = number
        decision.save(update_fields=["entry"])
        previous = digest
    if number:
        head_model.objects.create(pk=1, sequence=number, hash=previous, seen_at=at)


class Migration(migrations.Migration):
    dependencies = [("consent", "0002_ledger")]

    operations = [migrations.RunPython(add_entries, migrations.RunPython.noop)]
