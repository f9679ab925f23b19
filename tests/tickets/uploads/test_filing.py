"""Files of strangers: kept where no address leads, of one request or answer each, deleted when nobody needs them."""

import datetime as dt

import pytest
from django.db.models import Q

from festival.core.writing import writing
from tests.factories.tickets import NOW
from tests.tickets.approvals.conftest import OFFICE, apply, fest, press  # noqa: F401 -- fixtures
from tests.tickets.uploads.conftest import PDF, kept
from tickets.approvals import deciding
from tickets.models import SentFile
from tickets.models.requests import private_storage
from tickets.orders import cancelling
from tickets.uploads import filing
from tickets.uploads.faults import FileGone

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_a_file_is_kept_under_a_name_that_nobody_guesses():
    row = kept("carte de Zoé.pdf")

    assert row.file.name == f"sent/{row.key.hex}.pdf"
    assert row.file.read() == PDF
    assert filing.kept(str(row.key)) == row


def test_the_same_file_of_the_same_form_is_one_and_any_other_another(settings):
    key = filing.key_of("form", "a.pdf", PDF)
    assert key == filing.key_of("form", "a.pdf", PDF)
    others = [("other", "a.pdf", PDF), ("form", "b.pdf", PDF), ("form", "a.pdf", PDF + b"\n")]
    assert key not in {filing.key_of(*other) for other in others}
    settings.SECRET_KEY = "another"
    assert key != filing.key_of("form", "a.pdf", PDF)


def test_a_file_sent_twice_is_kept_once_and_one_that_a_killed_request_left_out_is_written():
    key = filing.key_of("form", "a.pdf", PDF)
    values = {"key": key, "content": PDF, "name": "a.pdf", "ending": "pdf"}
    first = filing.keep(**values, now=NOW)
    private_storage().delete(first.file.name)

    again = filing.keep(**values, now=NOW + DAY)

    again.refresh_from_db()
    assert (SentFile.objects.count(), again.created_at, again.file.read()) == (1, NOW + DAY, PDF)


@pytest.mark.parametrize("key", ["", "x", "0" * 400, "00000000-0000-0000-0000-000000000000", "{}"])
def test_what_is_no_key_of_ours_finds_nothing(key):
    assert filing.kept(key) is None


def test_a_file_belongs_to_one_request(press):  # noqa: F811
    row = kept()
    approval, other = apply(press), apply(press, number=2)
    with writing(public=False):
        filing.attach(key=row.key, to=approval, now=NOW)
        with pytest.raises(FileGone):
            filing.attach(key=row.key, to=other, now=NOW)
        with pytest.raises(FileGone):
            filing.attach(key=filing.key_of("form", "a.pdf", b""), to=other, now=NOW)
    assert SentFile.objects.get().approval == approval


def test_the_file_of_a_request_goes_days_after_the_decision(press, settings):  # noqa: F811
    settings.APPROVAL_FILES_KEPT_DAYS = 3
    approval = apply(press, file=kept().key)
    name = approval.file.file.name
    assert filing.forget_files(NOW + 2 * DAY) == 0
    deciding.accept(approval=approval, actor=OFFICE, now=NOW)
    assert filing.forget_files(NOW + 2 * DAY) == 0

    assert filing.forget_files(NOW + 3 * DAY) == 1

    assert not SentFile.objects.exists()
    assert not private_storage().exists(name)
    assert filing.forget_files(NOW + 4 * DAY) == 0


def test_what_was_withdrawn_keeps_no_file(press):  # noqa: F811
    approval = apply(press, file=kept().key)
    cancelling.cancel(order=approval.order, actor=OFFICE, now=NOW)

    assert filing.forget_files(NOW) == 1


def test_a_file_whose_form_was_never_sent_whole_goes_after_a_day():
    row = kept()
    assert filing.forget_files(NOW + dt.timedelta(hours=23)) == 0

    assert filing.forget_files(NOW + DAY) == 1
    assert not private_storage().exists(row.file.name)


def test_a_form_that_is_sent_while_old_files_are_sought_keeps_its_own(press):  # noqa: F811
    row = kept()
    approval = apply(press, file=row.key)

    assert filing._forget(row.pk, Q(approval=None, answer=None), NOW + DAY) is False
    assert approval.file.file.read() == PDF
