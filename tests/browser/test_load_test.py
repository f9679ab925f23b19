"""`manage.py load_test` whole: a database and a server of its own, and nothing left behind."""

import shutil

from tests.browser.conftest import Site, collect_static_files


def test_a_short_rush(tmp_path, demo_template):
    site = Site(tmp_path, DEMO="1")
    shutil.copyfile(demo_template, tmp_path / "site.sqlite3")
    before = (tmp_path / "site.sqlite3").read_bytes()
    collect_static_files(site)

    said = site.manage("load_test", "--rate", "4", "--seconds", "3", "--look", "10", "--workers", "1").stdout

    assert "Floor: " in said
    assert " bare commits/s (sqlite)" in said
    assert "orders accepted" in said
    assert "No errors." in said
    assert "All is well" in said
    assert (tmp_path / "site.sqlite3").read_bytes() == before
    assert [path.name for path in tmp_path.glob("*load*")] == []


def test_more_buyers_than_places(tmp_path):
    site = Site(tmp_path, DEMO="1")
    collect_static_files(site)

    said = site.manage("load_test", "--visitors", "12", "--places", "5", "--paid", "0", "--rounds", "2").stdout

    assert said.count("5 orders accepted") == 2
    assert said.count("7 sold out") == 2
