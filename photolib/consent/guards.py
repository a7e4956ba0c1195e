"""The rules of the ledger that the database keeps itself (photolib.core.guards)."""

from photolib.consent.chain import ORIGIN
from photolib.core.guards import Guard

TABLE = "consent_ledgerentry"
_APPEND_ONLY = "The ledger of consent is append-only: nothing in it is changed or removed."
# REPLACE INTO removes rows without asking any DELETE trigger: so nothing may stand twice.
_OUT_OF_ORDER = (
    f"NEW.sequence <> (SELECT COALESCE(MAX(e.sequence), 0) + 1 FROM {TABLE} e)"  # noqa: S608  our own names
    f" OR NEW.previous <> COALESCE((SELECT e.hash FROM {TABLE} e ORDER BY e.sequence DESC LIMIT 1),"
    f" '{ORIGIN}')"
    f" OR EXISTS (SELECT 1 FROM {TABLE} e WHERE e.hash = NEW.hash OR e.entry_id = NEW.entry_id"
    " OR e.previous = NEW.previous)"
)
GUARDS = (
    Guard("consent_ledger_in_order", TABLE, "INSERT",
          "An entry of the ledger must follow the newest one.", _OUT_OF_ORDER),
    Guard("consent_ledger_no_update", TABLE, "UPDATE", _APPEND_ONLY),
    Guard("consent_ledger_no_delete", TABLE, "DELETE", _APPEND_ONLY),
    Guard("consent_ledger_no_truncate", TABLE, "TRUNCATE", _APPEND_ONLY),
)  # fmt: skip
