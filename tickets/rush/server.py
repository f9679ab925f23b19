"""The web server of a rush, as `serve.sh` starts it, and the CPU time that it takes."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.db import connection

STARTS_WITHIN = 300  # seconds; on a busy machine a start takes a minute
_TICKS = os.sysconf("SC_CLK_TCK")


class NotStarted(Exception):
    """The server does not answer."""


@contextmanager
def serving(*, workers: int, threads: int) -> Iterator[tuple[str, int]]:
    """Serve the site on the database in use, on a free port of the loopback; yield its address and process number.

    It believes one `X-Forwarded-For`, so that each visitor may come from an address of their own.

    Raises:
        NotStarted: If it does not answer within five minutes.
    """
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", str(workers), "--blocking-threads", str(threads), "--backlog", "2048"]
    command += ["--no-access-log", "--log-level", "warning", "festival.project.wsgi:application"]
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=_environment(url))  # noqa: S603 -- our own words
    try:
        _wait_for(url, process)
        yield url, process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


def cpu_seconds(process: int) -> float:
    """Return the CPU time that a process and its children have taken; 0 where the system has no /proc."""
    folder = Path("/proc") / str(process)
    try:
        fields = (folder / "stat").read_text().rpartition(")")[2].split()
        children = [
            int(word) for task in (folder / "task").iterdir() for word in (task / "children").read_text().split()
        ]
    except OSError:
        return 0
    return (int(fields[11]) + int(fields[12])) / _TICKS + sum(cpu_seconds(child) for child in children)


def _environment(url: str) -> dict[str, str]:
    """Return the environment of the command itself, with this address and the database in use."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "festival.project.settings",
        "DATABASE_URL": database_url(),
        "BASE_URL": url,
        "ALLOWED_HOSTS": "127.0.0.1",
        "TRUSTED_PROXY_COUNT": "1",
        "LOG_LEVEL": "ERROR",  # a place that is sold out is no warning here
        "SECRET_KEY": settings.SECRET_KEY,
        "TICKET_KEY_SECRET": settings.TICKET_KEY_SECRET,
    }


def database_url() -> str:
    """Return the address of the database in use: that of the settings, with the name that it has now."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{quote(name)}").geturl()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + STARTS_WITHIN
    while process.poll() is None and time.monotonic() < ends:
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=5):  # noqa: S310 -- our own server
                return
        except OSError:
            time.sleep(0.1)
    raise NotStarted(f"The web server does not answer at {url}.")
