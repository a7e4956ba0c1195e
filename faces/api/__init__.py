"""Faces for programs: groups, questions, the journal. The same services as the pages (docs/api.md)."""
