"""Which edition an editor works on, and forms that stay within it; on the rooms and sessions of the programme."""

import pytest
from django.contrib.sessions.backends.cache import SessionStore
from django.urls import reverse

from festival.cms.editions import choose_edition, chosen_edition
from program.models import Room, Session
from tests.factories import program as make
from tests.factories.festival import EditionFactory, SectionFactory, UserFactory
from tests.remembered import remembered

pytestmark = pytest.mark.django_db
ADD_ROOM = "wagtailsnippets_program_room:add"


@pytest.fixture
def request_of(rf):
    """Return a function that makes requests of one editor's session."""
    session = SessionStore()

    def make_request():
        request = rf.get("/cms/")
        request.session = session
        return request

    return make_request


@pytest.fixture
@remembered
def next_year():
    return EditionFactory(number=2028, is_current=False)


def test_work_begins_with_the_current_edition_and_goes_on_with_the_chosen_one(request_of, next_year):
    current = EditionFactory()

    assert chosen_edition(request_of()) == current
    assert choose_edition(request_of(), str(next_year.pk)) == next_year
    assert chosen_edition(request_of()) == next_year
    next_year.delete()
    assert chosen_edition(request_of()) == current


@pytest.mark.parametrize("wanted", ["", "0", "-1", "eins", "99999999", "9" * 5000])
def test_what_is_no_edition_changes_nothing(request_of, wanted):
    current = EditionFactory()

    assert choose_edition(request_of(), wanted) == current
    assert dict(request_of().session.items()) == {}


def test_without_a_current_edition_it_is_the_newest(request_of, next_year):
    EditionFactory(is_current=False, start_date="2026-05-01")

    assert chosen_edition(request_of()) == next_year


def test_without_any_edition_there_is_none(request_of):
    assert chosen_edition(request_of()) is None


@pytest.fixture
def editor(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


def room(venue, **changed):
    fields = {
        "venue": venue.pk,
        "slug": "nef",
        "name_fr": "Nef",
        "name_en": "",
        "description_fr": "",
        "colour": "#123456",
    }
    return fields | changed


def test_screens_open_before_there_is_an_edition(editor):
    assert editor.get(reverse("wagtailsnippets_program_room:list")).status_code == 200
    assert editor.get(reverse(ADD_ROOM)).status_code == 200


def test_a_new_row_belongs_to_the_edition_that_is_worked_on(editor, next_year):
    EditionFactory()
    venue = make.VenueFactory(edition=next_year)
    editor.get(reverse("wagtailsnippets_program_room:list"), {"edition": next_year.pk})

    form = editor.get(reverse(ADD_ROOM)).context["form"]
    editor.post(reverse(ADD_ROOM), room(venue))

    assert form["edition"].value() == next_year.pk
    assert Room.objects.get().edition == next_year


def test_the_form_may_say_another_edition_and_then_wants_its_rows(editor, next_year):
    ours, theirs = make.VenueFactory(), make.VenueFactory(edition=next_year)

    refused = editor.post(reverse(ADD_ROOM), room(ours, edition=next_year.pk))
    assert "venue" in refused.context["form"].errors
    assert list(refused.context["form"].fields["venue"].queryset) == [theirs]

    editor.post(reverse(ADD_ROOM), room(theirs, edition=next_year.pk))
    assert Room.objects.get().edition == next_year


@pytest.mark.parametrize("edition", ["x", "99999999"])
def test_an_edition_that_is_none_is_refused_in_the_form(editor, edition):
    answer = editor.post(reverse(ADD_ROOM), room(make.VenueFactory(), edition=edition))

    assert "edition" in answer.context["form"].errors
    assert Room.objects.count() == 0


def test_a_short_name_that_is_taken_in_the_edition_is_refused_in_a_sentence(editor):
    taken = make.RoomFactory(slug="nef")

    answer = editor.post(reverse(ADD_ROOM), room(taken.venue))

    assert answer.context["form"].errors
    assert Room.objects.count() == 1


def test_a_stored_row_stays_in_its_edition(editor, next_year):
    stored = make.RoomFactory()

    fields = room(stored.venue, edition=next_year.pk, name_fr="Autre")
    editor.post(reverse("wagtailsnippets_program_room:edit", args=[stored.pk]), fields)

    stored.refresh_from_db()
    assert (stored.edition.number, str(stored.name)) == (2027, "Autre")


def test_rows_are_put_in_order_within_their_edition(editor, next_year):
    theirs = [make.RoomFactory(edition=next_year, sort_order=place) for place in range(3)]
    ours = [make.RoomFactory(sort_order=place) for place in range(3)]

    editor.post(reverse("wagtailsnippets_program_room:reorder", args=[ours[2].pk]) + "?position=0")

    assert list(Room.objects.filter(edition__number=2027)) == [ours[2], ours[0], ours[1]]
    assert list(Room.objects.filter(edition=next_year).values_list("pk", "sort_order")) == [
        (row.pk, row.sort_order) for row in theirs
    ]


def test_lists_can_still_be_put_in_order_while_one_edition_is_shown(editor):
    make.RoomFactory.create_batch(2)

    page = editor.get(reverse("wagtailsnippets_program_room:list"), {"ordering": "sort_order"}).content.decode()

    assert "w-orderable" in page


def test_filters_offer_what_belongs_to_the_edition(editor, next_year):
    SectionFactory(name="VIEUX")
    SectionFactory(edition=next_year, name="NEUF")
    address = reverse("wagtailsnippets_program_session:list")

    assert "NEUF" not in editor.get(address).content.decode()
    assert "VIEUX" not in editor.get(address, {"edition": next_year.pk}).content.decode()
    assert Session.objects.count() == 0
