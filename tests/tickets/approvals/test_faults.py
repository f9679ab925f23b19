"""Each fault of a request for approval has a code of its own; only what keeps one from asking is of the sale."""

from tickets.approvals.faults import FileGone, NotWaiting
from tickets.exceptions import SaleError


def test_each_has_its_code():
    assert {NotWaiting.code, FileGone.code} == {"not_waiting", "file_gone"}
    assert issubclass(FileGone, SaleError)
    assert not issubclass(NotWaiting, SaleError)
