"""The web server of a rush; the whole of it runs in `tests/browser/test_load_test.py`."""

import os

from django.db import connection

from tickets.rush import server


def test_the_server_gets_the_database_in_use():
    assert server.database_url() == f"sqlite:///{connection.settings_dict['NAME']}"


def test_cpu_time_of_a_process_that_is_gone_is_none():
    assert server.cpu_seconds(2**22 + 1) == 0


def test_cpu_time_of_this_process_is_counted():
    assert server.cpu_seconds(os.getpid()) > 0
