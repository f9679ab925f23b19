"""Send a thousand mails through twenty kills, and count at the mail server what was lost and what came twice.

The worker is killed with SIGKILL at a random moment and started anew; the mail server is ours, and like most it does
not compare Message-IDs. A mail comes twice when the kill falls between the server's yes and our note of it; it then
carries the same Message-ID. `MAILS` and `KILLS` change the numbers.
"""

import os
import random
import signal
import socketserver
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
MAILS = int(os.environ.get("MAILS", "1000"))
KILLS = int(os.environ.get("KILLS", "20"))
received: Counter[str] = Counter()


class Server(socketserver.StreamRequestHandler):
    """Takes every mail and notes its Message-ID (RFC 5321, the part of it that Python's client speaks)."""

    def handle(self) -> None:
        """Speak with one client until it goes, or is killed."""
        with suppress(ConnectionError):
            self._speak()

    def _speak(self) -> None:
        self.wfile.write(b"220 bench\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                self._take()
            self.wfile.write(b"250 ok\r\n")

    def _take(self) -> None:
        message_id = ""
        while (line := self.rfile.readline()) not in {b"", b".\r\n"}:
            if line.lower().startswith(b"message-id:"):
                message_id = line.split(b":", 1)[1].strip().decode()
        if line:
            received[message_id] += 1


def main() -> None:
    """Queue, kill, wait, count."""
    folder = tempfile.mkdtemp(prefix="kermesse-mails-")
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Server)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "festival.project.settings",
        "DEMO": "1",
        "VAR_DIR": folder,
        "DATABASE_URL": f"sqlite:///{folder}/mails.sqlite3",
        "EMAIL_URL": f"smtp://127.0.0.1:{server.server_address[1]}",
        "TICKET_KEY_SECRET": "ZmVzdGl2YWwtdGVzdHMtb25seS1ub3QtYS1zZWNyZXQ=",
    }
    queue()
    began, kills = time.monotonic(), 0
    worker = start()
    while (waiting := left()) and time.monotonic() - began < 3600:
        time.sleep(random.uniform(0.05, 0.6) if kills < KILLS else 1)
        if kills < KILLS and received.total() > (kills + 1) * MAILS // (KILLS + 2):
            worker.send_signal(signal.SIGKILL)
            worker.wait()
            kills += 1
            worker = start()
    worker.terminate()
    worker.wait()
    report(kills, waiting, time.monotonic() - began)


def queue() -> None:
    """Queue the mails, each with an order and a ticket, as a sale does."""
    import django

    django.setup()
    from django.core.management import call_command

    from tests.tickets.races import buy, village

    call_command("migrate", verbosity=0)
    product, day = village(places=MAILS)
    product.confirmation = "never"
    for number in range(MAILS):
        buy(product, day, number=number)


def start() -> subprocess.Popen[bytes]:
    """Start a worker."""
    return subprocess.Popen([sys.executable, "manage.py", "work", "--interval", "0.1", "--verbosity", "0"], cwd=ROOT)


def left() -> int:
    """Return how many mails wait."""
    from festival.models import OutgoingMail

    return OutgoingMail.objects.waiting().count()


def report(kills: int, waiting: int, seconds: float) -> None:
    """Say what the server got, and what our books say."""
    from festival.models import OutgoingMail

    sent = set(OutgoingMail.objects.filter(state="sent").values_list("message_id", flat=True))
    lost = sent - received.keys()
    twice = [name for name, count in received.items() if count > 1]
    again = OutgoingMail.objects.filter(tries__gt=1).count()
    print(f"{MAILS} mails, {kills} kills, {seconds:.0f} s: {len(received)} arrived, {waiting} still wait,")
    print(
        f"{len(lost)} noted as sent and lost, {len(twice)} came twice (same Message-ID), {again} begun more than once"
    )


if __name__ == "__main__":
    main()
