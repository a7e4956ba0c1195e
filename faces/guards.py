"""The rule that the database keeps itself: no template without a live yes in the ledger."""

from photolib.core.guards import Guard

# The template's own answer must be the newest of this very person in this library about being
# recognised, and a yes; its commitment must be the one that stands for the two.
_WITHOUT_YES = (
    "NOT EXISTS (SELECT 1 FROM consent_decision d"
    " JOIN consent_ledgerentry e ON e.sequence = d.entry_id"
    " JOIN consent_ledgersubject s ON s.commitment = e.subject"
    " WHERE d.id = NEW.decision_id AND e.granted AND e.purpose = 'recognise'"
    " AND d.person_id = NEW.person_id AND d.library_id = NEW.library_id"
    " AND s.person_id = NEW.person_id AND s.library_id = NEW.library_id"
    " AND NOT EXISTS (SELECT 1 FROM consent_ledgerentry n WHERE n.subject = e.subject"
    " AND n.purpose = e.purpose AND n.sequence > e.sequence))"
)
_SENTENCE = "A template needs a live yes of this person to be recognised in this library."
GUARDS = tuple(
    Guard(
        f"faces_template_{event.lower()}_needs_yes",
        "faces_template",
        event,
        _SENTENCE,
        _WITHOUT_YES,
    )
    for event in ("INSERT", "UPDATE")
)
