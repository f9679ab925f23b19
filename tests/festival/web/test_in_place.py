"""A script gets the part of a page in which it has posted, a browser the page."""

import pytest
from django.http import QueryDict
from django_htmx.middleware import HtmxDetails

from festival.web import in_place

PAGE = (
    "<h1>Page</h1>{% partialdef part inline %}<p>{{ word }}</p>{% endpartialdef %}"
    "{% partialdef rest inline %}!{% endpartialdef %}"
)


@pytest.fixture
def posted(rf):
    """Return a function that makes a request of a browser, or of a script."""

    def made(data="", **headers):
        request = rf.post("/fr/", headers=headers)
        request.POST = QueryDict(data)
        request.htmx = HtmxDetails(request)
        return request

    return made


def test_what_is_only_to_be_checked_says_so(posted):
    assert in_place.only_looks(posted("look=1"))
    assert not in_place.only_looks(posted("name=look"))


def test_the_fields_that_somebody_has_been_in(posted):
    assert in_place.seen(posted("seen=name&seen=email&name=Zo%C3%A9")) == ["name", "email"]


@pytest.mark.parametrize(
    ("headers", "part", "html"),
    [
        ({}, "part", "<h1>Page</h1><p>Zoé</p>!"),
        ({"HX-Request": "true"}, "part", "<p>Zoé</p>"),
        ({"HX-Request": "true"}, "rest", "!"),
        ({"HX-Request": "true"}, "", "<h1>Page</h1><p>Zoé</p>!"),
    ],
)
def test_the_part_is_of_the_same_template(posted, settings, headers, part, html):
    loader = ("django.template.loaders.locmem.Loader", {"page.html": PAGE})
    engine = "django.template.backends.django.DjangoTemplates"
    settings.TEMPLATES = [{"BACKEND": engine, "OPTIONS": {"loaders": [loader]}}]

    response = in_place.render_part(posted(**headers), "page.html", {"word": "Zoé"}, part=part, status=422)

    assert (response.text, response.status_code, response["Vary"]) == (html, 422, "HX-Request")
