"""The API: the same services as the pages, spoken as JSON (docs/api.md)."""
