"""Files at the edge: kept whatever else is wrong, as many as a network may send, and handed out as downloads."""

import pytest
from django.http import Http404
from django.utils.datastructures import MultiValueDict

from festival.core.limits import RateLimited
from tests.tickets.uploads.conftest import PDF, kept, upload
from tests.tickets.uploads.test_forms import Letter
from tickets.models import SentFile
from tickets.uploads import views

pytestmark = pytest.mark.django_db


def sent(rf, name="carte.pdf"):
    form = Letter({}, MultiValueDict({"file": [upload(name=name)]}))
    assert views.keep_files(rf.post("/"), form)
    return form


def test_a_file_is_kept_and_shown_again(rf):
    form = sent(rf)

    row = SentFile.objects.get()
    assert (row.name, row.file.read(), row.sent_at) == ("carte.pdf", PDF, None)
    assert str(row.key) in str(form["file"])
    assert sent(rf).cleaned_data["file"].key == row.key
    assert SentFile.objects.count() == 1


def test_no_file_costs_nothing(rf, django_assert_num_queries):
    form = Letter({})
    with django_assert_num_queries(0):
        views.keep_files(rf.post("/"), form)


def test_one_network_sends_so_many(rf, monkeypatch):
    monkeypatch.setattr(views, "FILES_PER_NETWORK", views.Rate("sent-files", limit=1, seconds=3600))
    sent(rf)
    with pytest.raises(RateLimited):
        sent(rf, "b.pdf")
    assert SentFile.objects.count() == 1


def test_a_file_is_a_download_and_nothing_else():
    response = views.as_download(kept("carte de presse.pdf"))

    assert b"".join(response.streaming_content) == PDF
    assert response.headers["Content-Disposition"] == 'attachment; filename="carte de presse.pdf"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert "no-store" in response.headers["Cache-Control"]


def test_a_file_that_lies_nowhere_is_not_found():
    row = kept()
    row.file.storage.delete(row.file.name)
    for found in (None, row):
        with pytest.raises(Http404):
            views.as_download(found)
