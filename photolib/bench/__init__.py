"""The pipeline measured against a bare loop of the same models (`manage.py bench`, docs/performance.md)."""
