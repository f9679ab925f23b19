import uuid

import pytest
from django.core import signing

from tickets.delivery.references import open_reference, reference_to

PHONE = uuid.uuid4()


def test_a_reference_leads_to_its_ticket_on_its_phone():
    reference = reference_to(12, device_id=PHONE)

    assert open_reference(reference, device_id=PHONE) == 12
    assert open_reference(reference, device_id=uuid.uuid4()) is None


@pytest.mark.parametrize("text", ["", "12", "12:x:y", signing.dumps([12, str(PHONE)], salt="another")])
def test_what_we_did_not_sign_leads_nowhere(text):
    assert open_reference(text, device_id=PHONE) is None
