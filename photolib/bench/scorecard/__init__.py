"""What descriptions are worth, on photos whose things people have marked (`manage.py scorecard`)."""
