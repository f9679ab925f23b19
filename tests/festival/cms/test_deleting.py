"""Every row that a button of `/cms/` deletes: what facts hang on stays, and the sentence says what uses it."""

import pytest
from django.apps import apps
from django.db.models import CASCADE, SET_NULL, ProtectedError
from django.urls import reverse
from modelcluster.fields import ParentalKey
from wagtail.admin.viewsets import viewsets
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.models import get_snippet_models

from awards.models import Call, Entry, Juror, Rubric
from festival.cms.in_use import GuardedDeleteView
from festival.core.holders import holders_of
from festival.models import AuditEntry, Day, Edition, OutgoingMail
from program.models import Occurrence, Session, Tag
from tests.factories.awards import AnswerFactory
from tests.factories.festival import DayFactory, SectionFactory, UserFactory
from tests.factories.program import (
    BookFactory,
    ExhibitorFactory,
    OccurrenceFactory,
    SessionFactory,
    TagFactory,
    VenueFactory,
)
from tests.factories.tickets import CheckinListFactory, ProductFactory, QuotaFactory
from tests.festival.cms.test_edition_viewsets import DAY_WORDS, SECTION, save
from tests.festival.cms.test_viewsets import rows
from tickets.models import Checkin, Device, Order, Product, Ticket

pytestmark = pytest.mark.django_db

PAGES = ("HomePage", "NewsIndexPage", "NewsPage", "SectionPage", "StandardPage")
OURS = ("festival", "program", "tickets", "awards")

# What goes, or is emptied, with a row that is deleted, and is not edited as a part of it: why no fact is lost.
LET_GO = {
    "awards.EntryOnStage.entry": "says in which sessions a project is shown",
    "awards.EntryOnStage.session": "says which projects are shown in it",
    "awards.FinalistLetter.mail": "what was told stays; mails are forgotten in time",
    "awards.AnnouncementLetter.mail": "what was told stays; mails are forgotten in time",
    "awards.AssignmentBatch.proposed_by": "the plan stays",
    "awards.AssignmentBatch.settled_by": "the plan stays",
    "awards.BallotLine.ballot": "a part of its ballot",
    "awards.CeremonyStep.prize": "when the prize is handed over",
    "awards.EntryDraft.entry": "what is typed and not sent in",
    "awards.EntryDraft.saved_by": "the draft stays",
    "awards.EntryReminder.entry": "says that a mail went out",
    "awards.SentBallot.round": "waits for its confirmation; a round with ballots is kept",
    "awards.Juror.user": "the juror stays, with the cards",
    "festival.FestivalImage.uploaded_by_user": "the picture stays",
    "festival.FestivalRendition.image": "made from the picture, and made again",
    "festival.OutgoingMail.again_for": "the mail stays",
    "tickets.Reserve.voucher": "says how many places the code keeps; a code that was used is not deleted",
    "tickets.SentFile.answer": "the file is deleted by its own job",
    "festival.OutgoingMail.edition": "the mail stays; what it is about keeps the edition",
    "festival.Phase.edition": "dates of the edition",
    **{f"festival.{page}.social_image": "the page draws its own" for page in PAGES},
    "program.Occurrence.session": "when a session is; places and tickets keep it",
    "program.Session.locked_by": "the lock of an editor",
    "program.Speaker.photo": "Wagtail names who shows a picture before it goes; a speaker is shown without",
    "tickets.Device.gate": "where a phone stands now; each scan has its own",
    "tickets.Device.list": "what a phone checks now; each scan has its own",
    "tickets.SaleAlert.product": "who waits for a sale waits for nothing when its product is gone",
    "tickets.WaitingPlace.room": "who waits in a room that is gone waits for nothing",
    "tickets.Visit.product": "counts the changes of calendars; tickets keep the product",
}


def relations():
    for model in apps.get_models():
        if model._meta.app_label in OURS:
            yield from (field for field in model._meta.local_fields if field.is_relation)


def test_whatever_goes_with_a_row_was_decided():
    """A new relation that lets rows go in silence must be weighed: is it a fact? Then `PROTECT`."""
    silent = {
        f"{field.model._meta.label}.{field.name}"
        for field in relations()
        if field.remote_field.on_delete in (CASCADE, SET_NULL)
        and not isinstance(field, ParentalKey)
        and not field.remote_field.parent_link
        and field.model._meta.app_label in OURS
        and field.related_model._meta.app_label in OURS
    }

    assert silent == set(LET_GO)


def screens():
    """Return the screens of our models: model -> viewset. Snippets have their guard in a hook, accounts too."""
    reverse("wagtailadmin_home")
    found = {each.model: each for each in viewsets.viewsets if isinstance(each, ModelViewSet)}
    return {model: each for model, each in found.items() if model._meta.app_label in OURS}


def test_every_screen_that_deletes_is_guarded():
    """Those without a guard are of what happened, or of what is never taken away: no right lets delete them."""
    superuser = UserFactory(is_staff=True, is_superuser=True)
    unguarded = {
        model._meta.label
        for model, screen in screens().items()
        if screen.permission_policy.user_has_permission(superuser, "delete")
        and not issubclass(screen.delete_view_class, GuardedDeleteView)
    }

    assert unguarded - {model._meta.label for model in get_snippet_models()} == {"festival.User"}
    for kept in (AuditEntry, OutgoingMail, Order, Ticket, Checkin, Device, Call, Entry, Juror, Rubric):
        assert not screens()[kept].permission_policy.user_has_permission(superuser, "delete")


def listed_day():
    ProductFactory(days=[day := DayFactory(date="2027-05-03")])
    return day


def exhibition_day():
    exhibitor, day = ExhibitorFactory(), DayFactory(date="2027-05-03")
    exhibitor.days.add(day)
    exhibitor.save()
    return day


def venue_section():
    venue, section = VenueFactory(), SectionFactory(slug="ailleurs")
    venue.sections.add(section)
    venue.save()
    return section


def counted_product():
    QuotaFactory(products=[product := ProductFactory()])
    return product


def checked_product():
    CheckinListFactory(products=[product := ProductFactory()])
    return product


def tagged():
    session = SessionFactory()
    session.tags.add(tag := TagFactory())
    session.save()
    return tag


def session_of_a_pass():
    product, session = ProductFactory(), SessionFactory()
    product.sessions.add(session)
    product.save()
    return session


def session_of_a_book():
    book, session = BookFactory(), SessionFactory()
    book.sessions.add(session)
    book.save()
    return session


HELD = {
    listed_day: "1 produit",
    exhibition_day: "1 exposant",
    venue_section: "1 site",
    counted_product: "1 jauge",
    checked_product: "1 liste de contrôle",
    tagged: "1 séance",
    session_of_a_pass: "1 produit",
    session_of_a_book: "1 livre",
}


@pytest.mark.parametrize("make", HELD, ids=lambda make: make.__name__)
def test_what_others_name_is_not_deleted_by_its_button(client, settings, make):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    row = make()

    answer = press_delete(client, row)

    assert type(row)._default_manager.filter(pk=row.pk).exists()
    assert HELD[make] in answer.text.replace("\N{NO-BREAK SPACE}", " ")


def test_of_what_goes_along_the_lists_are_asked_too():
    """An edition goes with its days; a pass of another kind that names one of them is in the way."""
    day = listed_day()

    assert Product.objects.get() in holders_of(Edition.objects.get(pk=day.edition_id))


def test_a_project_keeps_its_answers():
    """No button deletes a project; the books and an import ask the same rule, and the database has the last word."""
    answer = AnswerFactory()

    assert holders_of(answer.entry) == [answer]
    with pytest.raises(ProtectedError):
        answer.entry.delete()


def test_what_nobody_names_goes(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    rows = [TagFactory(), OccurrenceFactory().session]

    for row in rows:
        assert holders_of(row) == []
        press_delete(client, row)

    assert [model.objects.exists() for model in (Tag, Session, Occurrence)] == [False] * 3


def press_delete(client, row):
    """Press the button that deletes a row, where it stands: on its own screen, or in the form of the edition."""
    if isinstance(row, Day) or row._meta.label == "festival.Section":
        return delete_in_edition(client, row)
    name = row._meta.model_name
    app = row._meta.app_label
    snippet = type(row) in get_snippet_models()
    address = f"wagtailsnippets_{app}_{name}:delete" if snippet else f"{screens()[type(row)].name}:delete"
    asked = client.get(reverse(address, args=[row.pk]), follow=True)
    answer = client.post(reverse(address, args=[row.pk]), follow=True)
    assert snippet or asked.status_code == 200
    return answer


def delete_in_edition(client, row):
    """Tick a day or a part of the week in the form of its edition, to be deleted."""
    if isinstance(row, Day):
        typed = rows("days", {"date": row.date, "id": row.pk} | DAY_WORDS | {"DELETE": "on"}, kept=1) | rows(
            "days-0-hours"
        )
    else:
        typed = rows("sections", SECTION | {"id": row.pk, "DELETE": "on"}, kept=1)
    return save(client, row.edition, typed)
