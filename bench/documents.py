"""Measure documents: a ticket alone, two, fifty in one document, names in other scripts, the QR code in four ways.

Process time, so that a busy machine disturbs it little; the least is what a quiet core needs.
"""

import base64
import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "festival.project.settings"
os.environ["DEMO"] = "1"

ORDERS = 50
NAMES = ["遥 南森", "박서연", "अनन्या शर्मा", "ሰላማዊት ተስፋዬ", "Юлия Ковалёва"]


def measure(text, work, *, times, each=1):
    """Print the least and the median of the milliseconds that `work` takes; the first time is not counted."""
    work()
    spent = []
    for _ in range(times):
        begin = time.process_time()
        work()
        spent.append((time.process_time() - begin) * 1000 / each)
    print(f"   {text}: {min(spent):.1f} ms (median {median(spent):.1f})")


def tickets():
    """Print tickets of free registrations, drawn over and over."""
    from tests.factories.tickets import signing_key
    from tests.tickets.races import buy, village
    from tickets.delivery import pdf, queries
    from tickets.delivery.printed_tickets import printed_tickets

    product, day = village(places=ORDERS)
    orders = [buy(product, day, number=number) for number in range(ORDERS)]
    signing_key(orders[0].edition)
    pairs = [(order, printed_tickets(queries.tickets_of(order))) for order in orders]
    measure("a ticket alone", lambda: pdf.tickets_pdf(pairs[:1], language="fr"), times=40)
    measure("two tickets in one document", lambda: pdf.tickets_pdf(pairs[:2], language="fr"), times=20)
    measure(f"each of {ORDERS} in one document", lambda: pdf.tickets_pdf(pairs, language="fr"), times=4, each=ORDERS)
    for (_, (printed,)), name in zip(pairs, NAMES, strict=False):
        printed.ticket.holder = name
    measure("a ticket alone for 遥 南森", lambda: pdf.tickets_pdf(pairs[:1], language="fr"), times=20)
    measure(
        f"each of {len(NAMES)} with names in other scripts",
        lambda: pdf.tickets_pdf(pairs[: len(NAMES)], language="fr"),
        times=8,
        each=len(NAMES),
    )


def codes():
    """Print the QR code in four ways, each on twenty pages."""
    from festival.documents import pdf
    from tests.tickets.delivery.test_tokens import VECTORS
    from tickets.delivery import qr

    token = VECTORS["tokens"][1]["text"]
    side = qr.size()
    strokes = "".join(
        f"M{qr.QUIET + x} {qr.QUIET + y}.5h{length}" for y, row in enumerate(qr.rows(token)) for x, length in row
    )
    start = f'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200" viewBox="0 0 {side} {side}">'
    svg = start + '<title>QR</title><path d="{}" {}/></svg>'
    picture = base64.b64encode(qr.png(token, scale=1)).decode()
    ways = {
        "nothing": "",
        "drawing": '<img style="width: 200px" alt="QR" src="/drawings/code"/>',
        "picture": f'<img style="width: 200px" alt="QR" src="data:image/png;base64,{picture}"/>',
        "strokes": svg.format(strokes, 'fill="none" stroke="#000"'),
        "filled path": svg.format(qr.path(token), ""),
    }
    for name, code in ways.items():
        pages = f'<div style="break-after: page">{code}<p>Bonjour</p></div>' * 20
        html = f'<html lang="fr"><title>-</title><body>{pages}</body></html>'
        measure(
            f"a page with the QR code as {name}",
            lambda html=html: pdf.write_pdf(html, styles=pdf.COMMON, drawings={"code": qr.drawing(token)}),
            times=6,
            each=20,
        )


def main():
    """Measure on a throwaway database."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        tickets()
        codes()


if __name__ == "__main__":
    main()
