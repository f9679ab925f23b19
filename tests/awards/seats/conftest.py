"""A call that asks people into its jury, and somebody who is asked."""

import pytest

from awards.models import Juror
from awards.seats.inviting import Invitee, invite
from awards.seats.links import token
from festival import roles
from tests.factories.awards import DURING, CallFactory
from tests.factories.festival import UserFactory

ADA = Invitee("Ada Brun", "ada@atelier.fr")


@pytest.fixture
def call():
    roles.set_up()
    return CallFactory(slug="prix", jury_terms={"fr": "Venir à la finale.", "en": "Come to the final."})


@pytest.fixture
def office():
    return UserFactory()


@pytest.fixture
def asked(call, office):
    """Somebody who was invited while the jury is at work."""
    invite(call_id=call.pk, invitees=[ADA], language="fr", by=office, now=DURING)
    return Juror.objects.get(email=ADA.email)


@pytest.fixture
def link(asked):
    return token(asked.uuid)
