"""Prove the stock: 500 buyers for 100 places on PostgreSQL, 200 for 50 on SQLite, twenty rounds each; then the control.

Each round must sell exactly its places, and everybody else must be told that it is sold out. The control takes places
without the guard and must oversell, or the rounds prove nothing. `ROUNDS` changes their number. Through HTTP, pages and
all, `manage.py load_test --visitors 500 --places 100 --rounds 20 --paid 0` does the same.
"""

import os
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "festival.project.settings"
os.environ["DEMO"] = "1"

ROUNDS = int(os.environ.get("ROUNDS", "20"))
AT_ONCE = 100  # connections; the server takes 300


def prove(url: str, *, buyers: int, places: int) -> None:
    """Run all rounds on the database at `url`."""
    os.environ["DATABASE_URL"] = url
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from tests.tickets.races import careless_take
    from tickets.catalogue import stock

    call_command("migrate", verbosity=0)
    print(f"-- {connection.vendor}: {buyers} buyers for {places} places")
    begin = time.process_time()
    sold = [rush(buyers, places, stock.take) for _round in range(ROUNDS)]
    each = (time.process_time() - begin) * 1000 / (buyers * ROUNDS)
    print(f"   sold in {ROUNDS} rounds: {sorted(set(sold))}, {each:.1f} ms of CPU a buyer")
    assert set(sold) == {places}, sold
    call_command("fsck")
    if connection.vendor == "postgresql":
        print(f"   without the guard: {rush(buyers, places, careless_take)} of {places}")


def rush(buyers: int, places: int, take: object) -> int:
    """Let so many want a place of a day of its own, `AT_ONCE` at any moment; return how many got one."""
    from django.db import connections
    from django.db.models import F

    from tests.tickets.races import buy, ready, village
    from tickets.exceptions import SoldOut
    from tickets.models import Quota

    quota = Quota.objects.first()
    if quota is None:
        product, day = village(places=places)
    else:
        Quota.objects.update(size=F("taken") + places)
        product, day = ready(quota.products.get()), quota.day

    def one(number: int) -> bool:
        try:
            buy(product, day, number=number, take=take)
        except SoldOut:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(AT_ONCE) as pool:
        sold = sum(pool.map(one, range(buyers)))
    print(f"   {sold}", end=" ", flush=True)
    return sold


def main() -> None:
    """Prove both engines, each in a child process; end with 1 if one does not hold."""
    from tests.postgres.server import NoServer, running_server

    def in_child(url: str, **crowd: int) -> int:
        if (child := os.fork()) == 0:
            try:
                prove(url, **crowd)
            finally:
                sys.stdout.flush()
                os._exit(int(sys.exc_info()[0] is not None))
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    with tempfile.TemporaryDirectory() as folder:
        failed = in_child(f"sqlite:///{folder}/bench.sqlite3", buyers=200, places=50)
    try:
        with running_server() as url:
            failed += in_child(url, buyers=500, places=100)
    except NoServer as error:
        print(f"-- postgresql: not proved\n{error}")
    sys.exit(failed)


if __name__ == "__main__":
    main()
