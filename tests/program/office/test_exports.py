import json
from hashlib import sha256

import pytest

from program.models import Occurrence, Release
from tests.factories.program import OccurrenceFactory, paris, released

pytestmark = pytest.mark.django_db


def test_schedule_is_the_snapshot_byte_for_byte(client):
    OccurrenceFactory()
    release = released()

    response = client.get("/schedule.json")

    assert response.content.decode() == release.snapshot
    assert response["ETag"] == f'"{sha256(response.content).hexdigest()}"'
    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert response["Access-Control-Allow-Origin"] == "*"


def test_schedule_answers_304_while_nothing_changes_and_200_after_a_release(client):
    occurrence = OccurrenceFactory()
    released()
    tag = client.get("/schedule.json")["ETag"]

    unchanged = client.get("/schedule.json", headers={"If-None-Match": tag})
    Occurrence.objects.filter(pk=occurrence.pk).update(ends_at=paris("2027-05-02T15:30"))
    released("2027-04-01T09:00")
    changed = client.get("/schedule.json", headers={"If-None-Match": tag})

    assert (unchanged.status_code, changed.status_code) == (304, 200)


def test_versions_are_immutable_and_stay(client):
    occurrence = OccurrenceFactory()
    first = released(version="1.0")
    Occurrence.objects.filter(pk=occurrence.pk).update(ends_at=paris("2027-05-02T15:30"))
    released("2027-04-01T09:00", version="1.1")

    response = client.get("/schedule/v/1.0/schedule.json")

    assert response.content.decode() == first.snapshot
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert json.loads(client.get("/schedule.json").content)["release"]["version"] == "1.1"


def test_version_that_is_not_out_yet_is_not_found(client):
    OccurrenceFactory()
    released("2027-05-03T09:00", version="9")

    assert client.get("/schedule/v/9/schedule.json").status_code == 404


def test_snapshot_is_enough_to_draw_the_grid(client):
    OccurrenceFactory()
    release = released()

    response = client.get(f"/programme/grid-{release.grid_hash}.css")

    assert response.content.decode() == release.grid_css
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get("/programme/grid-0000000000000000.css").status_code == 404


@pytest.mark.parametrize("path", ["/schedule.json", "/schedule/v/1/schedule.json"])
def test_exports_are_read_only(client, path):
    OccurrenceFactory()
    released()

    assert client.post(path).status_code == 405
    assert client.head(path).status_code == 200
    assert Release.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_schedule_costs_one_query_once_warm(client, django_assert_num_queries, count):
    OccurrenceFactory.create_batch(count)
    released()
    client.get("/schedule.json")

    with django_assert_num_queries(1):
        client.get("/schedule.json")
