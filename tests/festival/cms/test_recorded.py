"""No change without a line in the audit log: tables of the programme, the edition, its phases, rows that are moved."""

import datetime as dt

import pytest
from django.urls import reverse

from festival.models import AuditEntry, Edition, Phase
from program.models import Room, Session, Tag
from tests.factories import program as make
from tests.factories.festival import EditionFactory, UserFactory
from tests.factories.tickets import ProductFactory
from tests.festival.cms.test_viewsets import edition_fields, rows

pytestmark = pytest.mark.django_db
PHASE = {"opens": dt.datetime(2027, 1, 1, tzinfo=dt.UTC), "closes": dt.datetime(2027, 1, 3, tzinfo=dt.UTC)}


@pytest.fixture
def editor(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


def lines():
    return list(AuditEntry.objects.order_by("pk").values_list("verb", "subject_id", "edition", "facts"))


def snippet(model, screen, *args):
    return reverse(f"wagtailsnippets_program_{model}:{screen}", args=args)


def test_a_row_of_the_programme_is_recorded_from_its_making_to_its_end(editor):
    edition = EditionFactory()
    fields = {"edition": edition.pk, "slug": "libre", "name_fr": "Libre", "name_en": ""}

    editor.post(snippet("tag", "add"), fields)
    tag = Tag.objects.get()
    editor.post(snippet("tag", "edit", tag.pk), fields | {"name_fr": "Logiciel libre"})
    editor.post(snippet("tag", "delete", tag.pk))

    assert not Tag.objects.exists()
    assert lines() == [
        ("tag.created", str(tag.pk), "2027", {}),
        ("tag.changed", str(tag.pk), "2027", {"fields": ["name"]}),
        ("tag.deleted", str(tag.pk), "2027", {}),
    ]
    assert set(AuditEntry.objects.values_list("actor", flat=True)) == {f"user:{editor.session['_auth_user_id']}"}


def test_rows_that_are_deleted_together_are_recorded_one_by_one(editor):
    tags = make.TagFactory.create_batch(3)
    address = reverse("wagtail_bulk_action", args=["program", "tag", "delete"])

    editor.post(f"{address}?" + "&".join(f"id={tag.pk}" for tag in tags[:2]))

    assert list(Tag.objects.all()) == tags[2:]
    assert [line[:2] for line in lines()] == [("tag.deleted", str(tag.pk)) for tag in tags[:2]]


def test_approving_a_session_and_taking_it_back_is_recorded(editor):
    session = make.SessionFactory()
    form = editor.get(snippet("session", "edit", session.pk)).context["form"]
    fields = {"action-publish": "x", "slug": session.slug, "edition": session.edition_id} | rows("session_speakers")
    for name in form.fields:
        value = form[name].value()
        if hasattr(value, "by_language"):
            fields |= {f"{name}_{code}": words for code, words in value.by_language.items()}
        elif value is not None:
            fields[name] = value
    fields |= {"title_fr": "Autre titre"}

    published = editor.post(snippet("session", "edit", session.pk), fields)
    editor.post(snippet("session", "unpublish", session.pk))

    assert published.status_code == 302, published.context["form"].errors
    assert [line[0] for line in lines()] == ["session.changed", "session.published", "session.unpublished"]
    assert lines()[0][3] == {"fields": ["title"]}
    assert not Session.objects.get().live


@pytest.mark.parametrize(
    ("make_row", "address"),
    [
        (make.RoomFactory, lambda row: snippet("room", "reorder", row.pk)),
        (ProductFactory, lambda row: reverse("product:reorder", args=[row.pk])),
    ],
)
def test_a_row_that_is_moved_is_recorded(editor, make_row, address):
    make_row(sort_order=0)
    row = make_row(sort_order=1)

    assert editor.post(f"{address(row)}?position=0").status_code == 200

    moved = [line for line in lines() if line[0].endswith(".moved")]
    assert moved == [(f"{row._meta.model_name}.moved", str(row.pk), "2027", {})]


def test_the_edition_and_its_parts_are_recorded(editor):
    edition = EditionFactory()
    section = {"slug": "bal", "shape": "wave", "colour": "#1d5c63", "dark_colour": "", "name_fr": "Bal", "name_en": ""}
    section |= {"label_fr": "", "label_en": "", "summary_fr": "", "summary_en": "", "id": "", "ORDER": 1, "DELETE": ""}
    section |= {"start_date": "2027-05-06", "end_date": "2027-05-06"}
    form = edition_fields(edition) | rows("sections", section) | rows("days") | {"city": "Bruges"}

    response = editor.post(reverse("edition:edit", args=[edition.pk]), form)

    assert response.status_code == 302, response.context["form"].errors
    assert Edition.objects.get().sections.count() == 1
    (line,) = lines()
    assert line[:3] == ("edition.changed", str(edition.pk), "2027")
    assert {"city", "sections"} <= set(line[3]["fields"])
    assert "days" not in line[3]["fields"]


def test_a_phase_is_recorded(editor):
    phase = Phase.objects.create(edition=EditionFactory(), slug="calls", label="Appels", **PHASE)
    fields = {"edition": phase.edition_id, "slug": phase.slug, "label_fr": "Appels", "label_en": ""}
    fields |= {"opens": "2027-01-01 10:00", "closes": "2027-01-02 10:00"}

    editor.post(reverse("phase:edit", args=[phase.pk]), fields)
    editor.post(reverse("phase:delete", args=[phase.pk]))

    assert not Phase.objects.exists()
    assert [line[:3] for line in lines()] == [
        ("phase.changed", str(phase.pk), "2027"),
        ("phase.deleted", str(phase.pk), "2027"),
    ]


def test_what_is_refused_leaves_no_line(editor):
    room = make.RoomFactory()

    response = editor.post(snippet("room", "edit", room.pk), {"name_fr": ""})

    assert response.status_code == 200
    assert Room.objects.get() == room
    assert lines() == []
