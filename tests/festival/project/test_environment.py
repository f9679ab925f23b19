import os
import subprocess
import sys
from pathlib import Path

import environ
import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from festival.project import environment

FOLDER = Path("/srv/mail")


@pytest.fixture
def env(monkeypatch):
    def of(**variables):
        for name in ("DATABASE_URL", "EMAIL_URL"):
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return environ.Env()

    return of


@pytest.mark.parametrize(
    ("base_url", "address"),
    [
        ("https://fete.example.org", "Kermesse <kermesse@fete.example.org>"),
        ("https://fete.example.org:8443", "Kermesse <kermesse@fete.example.org>"),
        ("http://127.0.0.1:8000", "Kermesse <kermesse@localhost>"),
        ("http://[::1]:8000", "Kermesse <kermesse@localhost>"),
        ("", "Kermesse <kermesse@localhost>"),
    ],
)
def test_mails_come_from_the_sites_own_host(env, monkeypatch, base_url, address):
    monkeypatch.delenv("DEFAULT_FROM_EMAIL", raising=False)

    assert environment.sender(env(), base_url) == address


def test_mails_come_from_whom_the_environment_names(env):
    named = "Fête <bonjour@fete.example.org>"

    assert environment.sender(env(DEFAULT_FROM_EMAIL=named), "https://fete.example.org") == named


def test_database_is_a_file_without_an_address(env):
    database = environment.database(env(), Path("/srv/site.sqlite3"))

    assert (database["NAME"], database["OPTIONS"]["transaction_mode"]) == ("/srv/site.sqlite3", "IMMEDIATE")


def test_database_on_postgresql(env):
    database = environment.database(env(DATABASE_URL="postgres://u:p@db:5432/festival"), Path("x"))

    assert (database["HOST"], database["NAME"], database["CONN_HEALTH_CHECKS"]) == ("db", "festival", True)
    assert "OPTIONS" not in database


@pytest.mark.parametrize(
    ("address", "options"),
    [
        ("", {"file_path": "/srv/mail"}),
        ("filemail:////tmp/mail", {"file_path": "/tmp/mail"}),
        (
            "smtp+tls://me:secret@mail.example.org:587",
            {
                "host": "mail.example.org",
                "port": 587,
                "username": "me",
                "password": "secret",
                "use_tls": True,
                "use_ssl": False,
                "timeout": 20,
            },
        ),
    ],
)
def test_mailer(env, address, options):
    variables = {"EMAIL_URL": address} if address else {}

    assert environment.mailer(env(**variables), FOLDER)["OPTIONS"] == options


def test_mailer_on_the_console_has_no_options(env):
    assert "OPTIONS" not in environment.mailer(env(EMAIL_URL="consolemail://"), FOLDER)


def manage(tmp_path, *arguments, **variables):
    environment = os.environ | {"DEMO": "1", "VAR_DIR": str(tmp_path)} | variables
    environment["DJANGO_SETTINGS_MODULE"] = "festival.project.settings"
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)


def test_every_app_that_postgresql_needs_is_installed(tmp_path):
    answer = manage(tmp_path, "check", DATABASE_URL="postgres://u:p@127.0.0.1:1/festival")

    assert (answer.returncode, answer.stderr) == (0, "")


@pytest.mark.parametrize(
    ("variables", "word"),
    [({"FESTIVAL_CLOCK": "tomorrow"}, "FESTIVAL_CLOCK"), ({"DEMO": "0", "SECRET_KEY": ""}, "SECRET_KEY")],
)
def test_a_mistake_in_the_environment_is_one_clear_line(tmp_path, variables, word):
    answer = manage(tmp_path, "fsck", **variables)

    assert answer.returncode == 1
    assert len(answer.stderr.splitlines()) == 1
    assert word in answer.stderr


def test_the_zone_is_paris_unless_another_is_named(env, monkeypatch):
    monkeypatch.delenv("TIME_ZONE", raising=False)
    assert environment.time_zone(env()) == "Europe/Paris"
    assert environment.time_zone(env(TIME_ZONE="Atlantic/Canary")) == "Atlantic/Canary"


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../etc/passwd", "Europe"])
def test_an_unknown_zone_stops_the_start_with_one_line(env, name):
    with pytest.raises(ImproperlyConfigured) as refused:
        environment.time_zone(env(TIME_ZONE=name))

    assert str(refused.value) == f"TIME_ZONE names “{name}”, which is no time zone (such as Europe/Paris)."


@pytest.mark.parametrize(("level", "said"), [("WARNING", "Conflict"), ("ERROR", "")])
def test_the_level_holds_for_every_logger(tmp_path, level, said):
    warn = "import logging; logging.getLogger('django.request').warning('Conflict')"

    assert manage(tmp_path, "shell", "--no-imports", "-c", warn, LOG_LEVEL=level).stderr.strip() == said
