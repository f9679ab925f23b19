"""Measure the programme: a week of 300 sessions, its release, pages, feeds and their size.

Runs on a throwaway SQLite file with the demonstration's sessions, repeated in other rooms.
"""

import gzip
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "festival.project.settings"
os.environ |= {"DEMO": "1", "DEBUG": "1", "FESTIVAL_CLOCK": "2027-05-02T11:30"}
SESSIONS = 300
RUNS = 20


def main() -> None:
    """Build the week, then measure."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        settings.ALLOWED_HOSTS = ["testserver"]
        settings.DEBUG = False  # it was on to find the style sheets without collecting them
        call_command("migrate", verbosity=0)
        started = time.perf_counter()
        load(week())
        print(f"load and release {SESSIONS} sessions: {time.perf_counter() - started:.1f} s")
        measure()


def week() -> dict:
    """Return the demonstration's file with 300 sessions: each copy has rooms and a place of its own."""
    data = json.loads((ROOT / "festival" / "demo" / "festival.json").read_text(encoding="utf-8"))
    sessions, rooms = list(data["sessions"]), list(data["rooms"])
    for number in range(len(sessions) + 1, SESSIONS + 1):
        copy = (number - 1) // len(sessions)
        origin = sessions[(number - 1) % len(sessions)]
        room = f"{origin['room']}-{copy}"
        data["sessions"].append(origin | {"id": f"{origin['id']}-{copy}", "number": number, "room": room})
        if room not in {row["id"] for row in data["rooms"]}:
            data["rooms"].append(next(row for row in rooms if row["id"] == origin["room"]) | {"id": room})
    return data


def load(data: dict) -> None:
    """Load edition and programme."""
    from program.importing import programme, release

    for part in (programme, release):
        part.load(data, lambda _line: None)


def measure() -> None:
    """Print time, queries and weight of every public address of the programme."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse
    from django.utils import translation

    client = Client()
    with translation.override("fr"):
        addresses = [
            reverse("program-home"),
            reverse("program-day", args=["2027-05-05"]),
            reverse("program-session", args=["la-fin-du-travail"]),
            reverse("program-speakers"),
            "/schedule.json",
            "/schedule.ics",
        ]
    print(f"{'address':45} {'first':>9} {'warm':>9} {'SQL':>4} {'KiB':>8} {'gzip':>8}")
    for address in addresses:
        first = timed(partial(client.get, address))
        # A query string of its own for each run, so that the page is made and not only fetched from the page cache.
        warm = min(timed(partial(client.get, f"{address}?run={run}")) for run in range(RUNS))
        with CaptureQueriesContext(connection) as queries:
            body = client.get(f"{address}?run=last").content
        weight = f"{len(body) / 1024:8.1f} {len(gzip.compress(body)) / 1024:8.1f}"
        print(f"{address:45} {first:6.1f} ms {warm:6.1f} ms {len(queries):4} {weight}")


def timed(work: Callable[[], object]) -> float:
    """Return milliseconds."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
