"""A made-up household with sample photos, made through the real services (`manage.py demo`)."""
