"""How good recognising and grouping are, measured on test pictures (`manage.py evaluate`, docs/faces.md)."""
