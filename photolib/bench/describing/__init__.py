"""What describing costs: the analysers beside bare loops of their models (`manage.py bench_describe`)."""
