"""Files of requests: kept where no address leads, deleted some days after the decision."""

import datetime as dt

import pytest

from tests.factories.tickets import NOW
from tests.tickets.approvals.conftest import OFFICE, PDF, apply, card
from tickets.approvals import deciding, filing
from tickets.models import ApprovalFile
from tickets.models.requests import private_storage
from tickets.orders import cancelling

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def stored():
    return private_storage().listdir("approvals")[1] if private_storage().exists("approvals") else []


def test_a_file_is_kept_under_a_name_that_nobody_guesses(press):
    row = card("../../carte de Zoé.pdf"[6:])

    assert row.file.name.startswith(f"approvals/{row.key.hex}")
    assert row.file.read() == PDF
    assert filing.kept(str(row.key)) == row


@pytest.mark.parametrize("key", ["", "x", "0" * 400, "00000000-0000-0000-0000-000000000000", "{}"])
def test_what_is_no_key_of_ours_finds_nothing(db, key):
    assert filing.kept(key) is None


def test_the_file_goes_days_after_the_decision(press, settings):
    settings.APPROVAL_FILES_KEPT_DAYS = 3
    approval = apply(press, file=card())
    name = approval.file.file.name
    assert filing.forget_files(NOW + 2 * DAY) == 0
    deciding.accept(approval=approval, actor=OFFICE, now=NOW)
    assert filing.forget_files(NOW + 2 * DAY) == 0

    assert filing.forget_files(NOW + 3 * DAY) == 1

    assert not ApprovalFile.objects.exists()
    assert not private_storage().exists(name)
    assert filing.forget_files(NOW + 4 * DAY) == 0


def test_what_was_withdrawn_keeps_no_file(press):
    approval = apply(press, file=card())
    cancelling.cancel(order=approval.order, actor=OFFICE, now=NOW)

    assert filing.forget_files(NOW) == 1


def test_a_file_whose_form_was_never_sent_whole_goes_after_a_day(press):
    row = card()
    assert filing.forget_files(NOW + dt.timedelta(hours=23)) == 0

    assert filing.forget_files(NOW + DAY) == 1
    assert not private_storage().exists(row.file.name)
