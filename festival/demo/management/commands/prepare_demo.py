"""What `make demo` does before it serves."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from festival.demo import accounts


class Command(BaseCommand):
    """Migrate, load the demo week, collect static files, tell where to go. May be repeated."""

    help = "Bring the demonstration up to date and print its addresses and sign-ins."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a file for the addresses; without it they are printed."""
        parser.add_argument("--addresses", type=Path, help="write the addresses and sign-ins to this file")

    def handle(self, *, addresses: Path | None, **options: Any) -> None:
        """Do it, saying what takes a while."""
        if not settings.DEMO:
            raise CommandError("prepare_demo is only for the demonstration: set DEMO=1.")
        self.stdout.write("Setting up the database…")
        call_command("migrate", verbosity=0)
        self.stdout.write("Loading the demo week…")
        call_command("load_demo")
        call_command("collectstatic", interactive=False, verbosity=0)
        if addresses is None:
            self.stdout.write(self._addresses())
        else:
            addresses.write_text(self._addresses(), encoding="utf-8")

    def _addresses(self) -> str:
        base = settings.BASE_URL
        return f"""
Kermesse, the demo week (everyone and everything in it is invented)

  Site        {base}/
  Editors     {base}/cms/     {accounts.EDITOR}  or  {accounts.ADMIN}
  Door        {base}/scan/    {accounts.DOOR_TEAM}
  Jury        {base}/jury/    corentin-plougastou@jury.example.org
  Jury chair  {base}/jury/    marguerite-delahousse-naim@jury.example.org
  Password    {accounts.PASSWORD}  (for all of them)
  Applicant   {base}/fr/prix/candidater/prix-2027/     {accounts.APPLICANT}  (a code, in var/mail/)
  Cards       {settings.STRIPE_API_BASE} stands in for Stripe: no money moves
  Mails       var/mail/

Ctrl-C stops it.
"""
