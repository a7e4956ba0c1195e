"""Backup and restore: the database and the originals, never the keys."""
