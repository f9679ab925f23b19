"""What the admin's calendars do to what is typed."""

import json

import pytest
from wagtail.admin.telepath import JSContext
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminTimeInput


@pytest.mark.parametrize("widget", [AdminDateInput, AdminTimeInput, AdminDateTimeInput])
def test_the_calendar_leaves_what_it_cannot_read(widget):
    html = widget().render("day", None, {"id": "day"})
    packed = JSContext().pack(widget())

    assert '"validateOnBlur": false' in html
    assert '"validateOnBlur": false' in json.dumps(packed)
