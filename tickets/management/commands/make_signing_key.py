"""Make the key that an edition's tickets are signed with."""

from typing import Any

from cryptography.fernet import Fernet
from django.core.management.base import BaseCommand, CommandError, CommandParser

from festival.core.audit import Actor
from festival.models import Edition
from festival.time import clock
from tickets.delivery import signing
from tickets.exceptions import KeySecretMissing


class Command(BaseCommand):
    """New tickets are signed with the newest key; older ones stay valid until their key is revoked."""

    help = "Make the next signing key of an edition, or print a secret for TICKET_KEY_SECRET."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --edition and --secret."""
        parser.add_argument("--edition", type=int, help="number of the edition; the current one if not given")
        parser.add_argument("--secret", action="store_true", help="print a new TICKET_KEY_SECRET and do nothing else")

    def handle(self, *, secret: bool, edition: int | None, **options: Any) -> None:
        """Print a secret, or store a key."""
        if secret:
            self.stdout.write(Fernet.generate_key().decode())
            return
        found = Edition.objects.filter(number=edition).first() if edition else Edition.objects.current()
        if found is None:
            raise CommandError(f"There is no edition {edition}." if edition else "There is no current edition.")
        try:
            key = signing.create_key(edition=found, actor=Actor.system("make_signing_key"), now=clock.now())
        except (KeySecretMissing, ValueError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(self.style.SUCCESS(f"Key {key.kid} of edition {found.number} signs from now on."))
