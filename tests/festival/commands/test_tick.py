import os
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings as project_settings
from django.core.management import call_command
from django.db import connection

from festival.models import AuditEntry, TickJob
from tests.factories.festival import audit_entry

pytestmark = pytest.mark.django_db
ONE, BROKEN = "tests.festival.core.test_tick.one", "tests.festival.core.test_tick.broken"


def test_it_runs_every_job_of_the_settings(capsys):
    audit_entry()

    call_command("tick")

    assert AuditEntry.objects.get().position == 1
    assert set(TickJob.objects.exclude(last_finished=None).values_list("name", flat=True)) == set(
        project_settings.TICK_JOBS
    )
    assert "festival.core.audit.seal: done (1)" in capsys.readouterr().out


def test_it_ends_with_one_when_a_job_failed(settings, capsys):
    settings.TICK_JOBS = [BROKEN, ONE]

    with pytest.raises(SystemExit) as ended:
        call_command("tick")

    assert ended.value.code == 1
    assert f"{BROKEN}: failed\n{ONE}: done (3)\n" in capsys.readouterr().out


def test_it_can_be_quiet(settings, capsys):
    settings.TICK_JOBS = [ONE]

    call_command("tick", verbosity=0)

    assert capsys.readouterr().out == ""


@pytest.mark.django_db(transaction=True)
def test_it_goes_on_until_it_is_stopped(tmp_path):
    audit_entry()
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "VAR_DIR": str(tmp_path),
    }
    ticking = subprocess.Popen([sys.executable, "manage.py", "tick", "--every", "0.1"], env=environment)
    try:
        deadline = time.monotonic() + 60
        while AuditEntry.objects.unsealed().exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        audit_entry()
        while AuditEntry.objects.unsealed().exists() and time.monotonic() < deadline:
            time.sleep(0.05)
    finally:
        ticking.send_signal(signal.SIGTERM)

    assert ticking.wait(timeout=10) == 0
    # Stopped in the middle of a job, its claim ends by itself.
    assert AuditEntry.objects.filter(position=2).exists()
