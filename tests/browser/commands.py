"""Management commands of one installation, each in a process of its own that was forked when Django had started.

To start Django costs four seconds of a core, and a run of the browser tests gives twenty commands.
"""

import gc
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Commands:
    """Runs `manage.py` in an environment; started by the first command, ended by `close`."""

    def __init__(self, environment):
        self._environment, self._process = environment, None

    def run(self, *arguments):
        """Run one command; return what `subprocess.run` would: exit code, what was printed, what went wrong."""
        if self._process is None:
            command = [sys.executable, "-m", "tests.browser.commands"]
            pipe = subprocess.PIPE
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=self._environment, stdin=pipe, stdout=pipe, text=True
            )
        self._process.stdin.write(json.dumps(arguments) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, f"Django did not start, or ended before {arguments}"
        return subprocess.CompletedProcess(arguments, **json.loads(answer))

    def close(self):
        if self._process is not None:
            self._process.stdin.close()
            self._process.wait(60)
            self._process.stdout.close()


def serve():
    """Answer each line, a list of arguments, with a line: what came of the command."""
    import django

    django.setup()
    # As in the tests: what stays is left out of Python's search for cycles, which is made less often for the rest.
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    for line in sys.stdin:
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            child = os.fork()
            if child == 0:
                _run(json.loads(line), out, err)
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            out.seek(0)
            err.seek(0)
            answer = {"returncode": code, "stdout": out.read(), "stderr": err.read()}
            sys.stdout.write(json.dumps(answer) + "\n")
            sys.stdout.flush()


def _run(arguments, out, err):
    """Run the command in this process, which ends with it."""
    from django.core.management import execute_from_command_line

    os.dup2(out.fileno(), 1)
    os.dup2(err.fileno(), 2)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    try:
        execute_from_command_line(["manage.py", *arguments])
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    serve()
