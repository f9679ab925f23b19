"""What `make demo` does before it serves."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from festival.demo import accounts


class Command(BaseCommand):
    """Migrate, load the demo week if it or its loader changed, collect static files, print where to go."""

    help = "Bring the demonstration up to date and print its addresses and sign-ins."

    def handle(self, **options: Any) -> None:
        """Do the slow parts only when their inputs changed, so that a second start is quick."""
        if not settings.DEMO:
            raise CommandError("prepare_demo is only for the demonstration: set DEMO=1.")
        stamp = settings.VAR_DIR / "demo.stamp"
        print_ = self._fingerprint()
        database = Path(settings.DATABASES["default"]["NAME"])
        if not database.exists() or not stamp.exists() or stamp.read_text() != print_:
            self.stdout.write("Setting up the database…")
            call_command("migrate", verbosity=0)
            self.stdout.write("Loading the demo week…")
            call_command("load_demo")
            stamp.write_text(print_)
        call_command("collectstatic", interactive=False, verbosity=0)
        self._say_where()

    def _fingerprint(self) -> str:
        base = Path(settings.BASE_DIR)
        files = [*base.glob("*/migrations/*.py"), *base.glob("festival/demo/*"), base / "requirements.txt"]
        digest = hashlib.sha256(str(settings.DATABASES["default"]["NAME"]).encode())
        for path in sorted(path for path in files if path.is_file()):
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def _say_where(self) -> None:
        base = settings.BASE_URL
        self.stdout.write(
            f"""
Kermesse, the demo week (everyone and everything in it is invented)

  Site        {base}/
  Editors     {base}/cms/     {accounts.EDITOR}  or  {accounts.ADMIN}
  Door        {base}/scan/    {accounts.DOOR_TEAM}
  Jury        {base}/jury/    corentin-plougastou@jury.example.org
  Jury chair  {base}/jury/    marguerite-delahousse-naim@jury.example.org
  Password    {accounts.PASSWORD}  (for all of them)
  Mails       var/mail/

Ctrl-C stops it.
"""
        )
