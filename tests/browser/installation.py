"""An installation in a folder and processes of its own, which tests visit with a browser."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.browser import mails
from tests.browser.commands import ROOT, Commands


class Site:
    """An installation in a folder of its own; `manage` works from the start, `serving` puts it on the air."""

    also = "data:"  # where its pages may lead besides, such as a payment service

    def __init__(self, folder, **settings):
        port = _free_port()
        self.folder, self.url = folder, f"http://127.0.0.1:{port}"
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
            "DEMO": "",
            "DEBUG": "",
            "BASE_URL": self.url,
            "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
            "EMAIL_URL": f"filemail:///{folder / 'mail'}",
            "MEDIA_ROOT": str(folder / "media"),
            "VAR_DIR": str(folder),
            **settings,
        }
        self._commands = Commands(self.environment)
        self._command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
        self._command += ["--port", str(port), "--workers", "1", "--blocking-threads", "4", "--no-access-log"]

    def manage(self, *arguments, check=True):
        """Run a management command on the installation's database and return what it printed."""
        done = self._commands.run(*arguments)
        if check and done.returncode:
            raise AssertionError(f"{arguments}: {done.stdout}{done.stderr}")
        return done

    def mails(self):
        """Send what waits in the outbox and return the written mails, oldest first."""
        self.manage("work", "--batch")
        return mails.read(self.folder / "mail")

    @contextmanager
    def serving(self):
        """Serve it by granian within the block; after it, its books must be sound."""
        collect_static_files(self)
        command = [*self._command, "festival.project.wsgi:application"]
        with (self.folder / "server.log").open("w") as log:
            server = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
            try:
                _wait_until_ready(self.url, server, self.folder / "server.log")
                yield self
                assert self.manage("fsck").stdout.strip() != "", "fsck must say that the books are sound"
            finally:
                server.terminate()
                server.wait(60)
                self.close()

    def close(self):
        """End the process that `manage` began; one that is on the air does so when it leaves it."""
        self._commands.close()


def collect_static_files(site):
    """Collect them once: the sites of a run share those of the first one."""
    shared = Path(os.environ["SHARED_BY_BROWSER_TESTS"])
    with (shared / "static.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "static").exists():
            site.manage("collectstatic", "--noinput", "--verbosity", "0")
            shutil.move(site.folder / "static", shared / "static")
    (site.folder / "static").symlink_to(shared / "static")


def _free_port():
    """Return a port that nobody has, below those that the system itself gives away to whoever asks for any.

    Processes that run side by side begin apart, and leave room for what stands in for others on the next port.
    """
    for port in range(20_000 + os.getpid() * 70 % 10_000, 32_000, 10):
        with socket.socket() as probe, suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")


def _wait_until_ready(url, server, log):
    for _ in range(900):
        try:
            urllib.request.urlopen(f"{url}/readyz", timeout=10)
        except OSError:
            assert server.poll() is None, log.read_text()
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"the site did not start: {log.read_text()}")
