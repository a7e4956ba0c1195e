"""Let somebody back in who forgot their password, from the machine itself."""

import secrets
from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from photolib.accounts.models import User
from photolib.accounts.reset_links import link_path
from photolib.accounts.services import set_password


class Command(BaseCommand):
    help = "Print a one-time link (24 hours) by which an account gets a new password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the sign-in name")
        parser.add_argument(
            "--new-password",
            action="store_true",
            help="set a random password now and print it, instead of a link",
        )

    def handle(self, *args: object, name: str, new_password: bool, **options: object) -> None:
        user = User.objects.filter(username__iexact=name).first()
        if user is None:
            raise CommandError(f"There is no account with the sign-in name {name}.")
        if new_password:
            password = secrets.token_urlsafe(12)
            set_password(user=user, password=password)
            self.stdout.write(f"The new password of {user.username} is {password}")
            return
        site = settings.PUBLIC_URL or f"http://{settings.LISTEN}"
        self.stdout.write(f"Once, within 24 hours: {site}{link_path(user)}")
