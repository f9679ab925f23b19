"""`manage.py load_test` whole: a database and a server of its own, and nothing left behind."""

import shutil

import pytest

from tests.browser.installation import Site, collect_static_files


@pytest.fixture
def quiet_site(tmp_path, demo_template):
    """The demo week, not on the air."""
    site = Site(tmp_path, DEMO="1")
    shutil.copyfile(demo_template, tmp_path / "site.sqlite3")
    collect_static_files(site)
    yield site
    site.close()


def test_a_short_rush_for_fewer_places_than_visitors(quiet_site):
    """One run, because its empty database takes a quarter of a minute of a core."""
    folder = quiet_site.folder
    before = (folder / "site.sqlite3").read_bytes()

    said = quiet_site.manage("load_test", "--rate", "5", "--seconds", "4", "--places", "5", "--look", "10").stdout

    assert "Floor: " in said
    assert " bare commits/s (sqlite)" in said
    # Of these 20, 17 want one of five free days, two one of five passes, and one nothing.
    assert "20 visitors in " in said
    assert ": 7 orders accepted, " in said
    assert " a second; 12 sold out, 1 only looked." in said
    assert "No errors." in said
    assert "All is well" in said
    assert (folder / "site.sqlite3").read_bytes() == before
    assert [path.name for path in folder.glob("*load*")] == []
