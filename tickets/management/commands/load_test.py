"""Try the rush before it comes."""

import ipaddress
import signal
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.urls import reverse
from django.utils.translation import override

from festival.models import Edition
from festival.time import clock
from tickets.rush import report, running, server, stage
from tickets.rush.rules import Arrival, Errand, coming
from tickets.rush.visitors import Target


class Command(BaseCommand):
    """Visitors come at their own moments, not when the ones before are done; the books are checked at the end."""

    help = (
        "Send invented visitors to the shop and print orders a second, waits and errors beside what this machine can "
        "do at best; then check the books. Makes a database of its own, and drops it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the rush, the server, and whose database it is."""
        parser.add_argument("--rate", type=float, default=60, help="visitors a second (default: 60)")
        parser.add_argument("--seconds", type=float, default=30, help="for how long they come (default: 30)")
        parser.add_argument("--visitors", type=int, help="so many, all at the first moment, instead of --rate")
        parser.add_argument("--rounds", type=int, default=1, help="of --visitors, each with as many places again")
        parser.add_argument("--places", type=int, default=100_000, help="of each product in the invented shop")
        for errand, weight in ((Errand.FREE, 80), (Errand.PAID, 20), (Errand.LOOK, 0)):
            parser.add_argument(f"--{errand}", type=int, default=weight, help=f"their weight (default: {weight})")
        parser.add_argument("--seed", type=int, default=1, help="the same seed sends the same visitors")
        parser.add_argument("--workers", type=int, default=2, help="processes of the web server (default: 2)")
        parser.add_argument("--threads", type=int, default=4, help="threads of each (default: 4)")
        parser.add_argument("--url", help="a server that runs already on the database of this command")
        parser.add_argument("--allow-remote", action="store_true", help="let --url be another machine")
        parser.add_argument("--into-this-database", action="store_true", help="order in your own shop; orders stay")

    def handle(self, **options: Any) -> None:
        """Prepare, measure, check; end with 1 when something is not as it should be."""
        faults = self._faults(options)
        if faults:
            raise CommandError(faults)
        # So that the server ends and the database is dropped when this is stopped half way.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
        if options["url"] or options["into_this_database"]:
            edition = Edition.objects.current()
            if edition is None:
                raise CommandError("There is no current edition.")
            self._serve(edition, options, is_ours=False)
            return
        with _own_database():
            self._serve(stage.build(places=options["places"], now=clock.now()), options, is_ours=True)

    def _faults(self, options: dict[str, Any]) -> str:
        """Return why it cannot be run like this, in one line; empty if it can."""
        url = options["url"]
        if url and not (options["allow_remote"] or _is_loopback(url)):
            return (
                f"{url} is another machine: its owner may not want this. With --allow-remote it is tried all the same."
            )
        if url and not (settings.DEMO or options["into_this_database"]):
            return "The orders would stay in a real database. With --into-this-database they do."
        if options["rounds"] > 1 and not options["visitors"]:
            return "--rounds needs --visitors."
        if not any(options[errand] > 0 for errand in Errand) or min(options[errand] for errand in Errand) < 0:
            return "Nobody would come: --free, --paid and --look weigh who does what."
        numbers = [options[name] for name in ("rate", "seconds", "places", "visitors") if options[name] is not None]
        if min(numbers) <= 0:
            return "Rate, seconds, visitors and places are above 0."
        return ""

    def _serve(self, edition: Edition, options: dict[str, Any], *, is_ours: bool) -> None:
        if options["url"]:
            self._measure(edition, options, options["url"], process=None, is_ours=is_ours)
            return
        try:
            with server.serving(workers=options["workers"], threads=options["threads"]) as (url, process):
                self._measure(edition, options, url, process=process, is_ours=is_ours)
        except server.NotStarted as error:
            raise CommandError(f"{error} Were the static files collected (`manage.py collectstatic`)?") from error

    def _measure(
        self, edition: Edition, options: dict[str, Any], url: str, *, process: int | None, is_ours: bool
    ) -> None:
        with override(settings.LANGUAGE_CODE):
            target = Target.at(url, reverse("tickets-office"))
        running.let_loose(target, [Arrival(-1, 0, errand) for errand in Errand], seed=0)  # imports, caches
        floor = running.measure_floor(target)
        self.stdout.write(report.floor_line(floor, connection.vendor))
        people = {name: options[name] for name in ("seed", "visitors", "rate", "seconds")}
        people["mix"] = {errand: options[errand] for errand in Errand}
        rounds = []
        for number in range(options["rounds"]):
            if is_ours:
                stage.refill(edition, places=options["places"])
            before = server.cpu_seconds(process) if process else 0
            outcomes, seconds = running.let_loose(target, coming(number, **people), seed=options["seed"] + number)
            cpu = server.cpu_seconds(process) - before if process else 0
            rounds.append(report.Round(tuple(outcomes), seconds, cpu))
            for line in report.round_lines(rounds[-1], number + 1 if options["rounds"] > 1 else 0):
                self.stdout.write(line)
        found = report.violations(edition, rounds)
        for line in found:
            self.stderr.write(self.style.ERROR(line))
        call_command("fsck", stdout=self.stdout, stderr=self.stderr)
        if found:
            raise SystemExit(1)


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@contextmanager
def _own_database() -> Iterator[None]:
    """Let `default` mean an empty database beside the real one, and drop it at the end."""
    name, test = connection.settings_dict["NAME"], connection.settings_dict["TEST"]
    with tempfile.TemporaryDirectory(prefix="kermesse-load-") as folder:
        test["NAME"] = str(Path(folder) / "load.sqlite3") if connection.vendor == "sqlite" else f"{name}_load_test"
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield
        finally:
            connection.creation.destroy_test_db(str(name), verbosity=0)
