"""Measure the shop: orders a second under a rush.

Runs on a throwaway SQLite file and, when a server can be started, on a throwaway PostgreSQL.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "festival.project.settings"
os.environ["DEMO"] = "1"

BUYERS = 600
AT_ONCE = 24


def measure(url: str) -> None:
    """Run everything on the database at `url`, in a process of its own."""
    os.environ["DATABASE_URL"] = url
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    print(f"-- {connection.vendor}")
    rush()
    call_command("fsck")


def rush() -> None:
    """Let 600 people want one of 500 places, 24 at a time."""
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connections

    from tests.tickets.races import buy, village
    from tickets.exceptions import SoldOut

    product, day = village(places=500)

    def one(number: int) -> float:
        begin = time.perf_counter()
        try:
            buy(product, day, number=number)
        except SoldOut:
            pass
        finally:
            if number >= BUYERS - AT_ONCE:
                connections.close_all()
        return time.perf_counter() - begin

    with ThreadPoolExecutor(AT_ONCE) as pool:
        begin = time.perf_counter()
        waits = sorted(pool.map(one, range(BUYERS)))
        seconds = time.perf_counter() - begin
    print(f"   {BUYERS} buyers, {AT_ONCE} at a time: {BUYERS / seconds:.0f} answers/s, ", end="")
    print(f"median {waits[len(waits) // 2] * 1000:.0f} ms, slowest {waits[-1] * 1000:.0f} ms")


def main() -> None:
    """Measure both engines, each in a child process."""
    from tests.postgres.server import NoServer, running_server

    def in_child(url: str) -> None:
        if (child := os.fork()) == 0:
            measure(url)
            sys.stdout.flush()
            os._exit(0)
        os.waitpid(child, 0)

    with tempfile.TemporaryDirectory() as folder:
        in_child(f"sqlite:///{folder}/bench.sqlite3")
    try:
        with running_server() as url:
            in_child(url)
    except NoServer as error:
        print(f"-- postgresql: not measured\n{error}")


if __name__ == "__main__":
    main()
