"""An applicant with a project that is begun, in a call that is open."""

import uuid

import pytest

from awards.entering import drafting
from awards.entering.submitting import Sending
from tests.factories.applying import WHILE_OPEN
from tests.factories.awards import CallFactory


@pytest.fixture
def call(db):
    """A call that is open in January 2027."""
    return CallFactory(slug="prix")


@pytest.fixture
def ada(call):
    """An applicant whose address is confirmed."""
    return drafting.confirm(email="Ada@example.org", language="en", now=WHILE_OPEN)


@pytest.fixture
def entry(call, ada):
    """A project of Ada's that is begun."""
    category = call.categories.get(slug="making")
    return drafting.start(key=uuid.uuid4(), call=call, category=category, title="The oven", by=ada, now=WHILE_OPEN)


@pytest.fixture
def sending(entry):
    """Return a function that makes what is sent in, with changes."""

    def make(version=0, answers=None, rules_version="1.0", category=None, **facts):
        given = {"title": "The oven", "pitch": "Bread.", "holder": "Paliers", "country": "FR", "language": "en"}
        return Sending(category or entry.category, given | facts, answers or {}, rules_version, version)

    return make
