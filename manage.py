#!/usr/bin/env python
"""Runs photolib's commands: `manage.py help` lists them."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "photolib.settings")
    from django.core.management import execute_from_command_line

    from photolib.machine import forbid_core_dumps

    forbid_core_dumps()

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
