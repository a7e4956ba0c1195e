"""The keystore: a folder outside the database and outside its backups.

identity.json   whose keystore this is (identity)
masters.json    the keys that wrap the others, under a passphrase, where there is one (masters)
keys/           one file a data key (photolib.consent.keys)
erasures.jsonl  what was erased, so that a restored backup cannot undo it (erasures)
seen.json       how far the database was when the keystore last looked (identity)
"""
