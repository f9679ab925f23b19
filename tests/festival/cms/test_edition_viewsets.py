import datetime as dt

import pytest
from django.urls import reverse

from festival.core.writing import forget_generation, site_generation
from festival.models import AuditEntry, Day, Edition, OpeningHours, Phase, Section
from tests.factories.festival import DayFactory, EditionFactory, OpeningHoursFactory, SectionFactory
from tests.factories.tickets import OrderFactory, ProductFactory, QuotaFactory, TicketFactory
from tests.festival.cms.test_viewsets import edition_fields, rows

pytestmark = pytest.mark.django_db

SECTION = {"slug": "bal", "shape": "wave", "colour": "#1d5c63", "dark_colour": ""} | {
    "name_fr": "Le Bal", "name_en": "The Ball", "label_fr": "", "label_en": "", "summary_fr": "", "summary_en": "",
    "start_date": "2027-05-06", "end_date": "2027-05-06", "id": "", "ORDER": 1, "DELETE": "",
}  # fmt: skip
DAY_WORDS = {"public_holiday_fr": "", "public_holiday_en": "", "notice_fr": "", "notice_en": "", "DELETE": ""}


def fields(edition):
    return edition_fields(edition) | rows("sections") | rows("days")


def save(client, edition, *parts):
    form = fields(edition)
    for part in parts:
        form |= part
    return client.post(reverse("edition:edit", args=[edition.pk]), form)


def hours(prefix, *values, kept=0):
    return rows(f"{prefix}-hours", *({"id": "", "DELETE": ""} | value for value in values), kept=kept)


def test_a_part_of_the_organisers_own_is_seen_at_once(editor_client):
    edition = EditionFactory()
    before = int(site_generation())

    response = save(editor_client, edition, rows("sections", SECTION))

    assert response.status_code == 302
    section = Section.objects.get()
    assert (section.slug, section.shape, section.colour) == ("bal", "wave", "#1d5c63")
    forget_generation()
    assert int(site_generation()) == before + 1


def test_a_day_has_hours_of_several_parts_and_past_midnight(editor_client):
    edition = EditionFactory()
    fest, prix = SectionFactory(slug="fest"), SectionFactory(slug="prix")
    typed = [
        {"section": fest.pk, "opens": "18:00", "closes": "01:00"},
        {"section": prix.pk, "opens": "19:00", "closes": "00:00"},
    ]
    day = {"date": "2027-05-07", "id": ""} | DAY_WORDS

    response = save(editor_client, edition, rows("days", day), hours("days-0", *typed))

    assert response.status_code == 302
    assert [(row.section.slug, row.closes.hour) for row in Day.objects.get().hours.all()] == [("fest", 1), ("prix", 0)]


def test_hours_of_a_day_are_changed(editor_client):
    row = OpeningHoursFactory()
    day = {"date": "2027-05-02", "id": row.day.pk} | DAY_WORDS
    typed = {"id": row.pk, "section": row.section.pk, "opens": "09:30", "closes": "19:00"}

    response = save(editor_client, row.day.edition, rows("days", day, kept=1), hours("days-0", typed, kept=1))

    assert response.status_code == 302
    assert OpeningHours.objects.get().opens == dt.time(9, 30)


def test_what_was_saved_stands_in_the_form_again(editor_client):
    row = OpeningHoursFactory(opens=dt.time(9, 40), closes=dt.time(22, 50))

    page = editor_client.get(reverse("edition:edit", args=[row.day.edition.pk])).text

    for typed in (f'value="{row.day.date.isoformat()}"', 'value="09:40"', 'value="22:50"'):
        assert typed in page


def test_only_the_editions_own_parts_are_offered(editor_client):
    mine, other = DayFactory().edition, EditionFactory(number=2028, is_current=False)
    SectionFactory(edition=other, slug="canari", name="Canari")

    page = editor_client.get(reverse("edition:edit", args=[mine.pk])).text

    assert "Canari" not in page
    assert "Le Village" in page


def test_another_editions_part_is_refused_in_hours(editor_client):
    edition, other = EditionFactory(), EditionFactory(number=2028, is_current=False)
    stranger = SectionFactory(edition=other, slug="canari")
    day = {"date": "2027-05-07", "id": ""} | DAY_WORDS
    typed = {"section": stranger.pk, "opens": "18:00", "closes": "19:00"}

    response = save(editor_client, edition, rows("days", day), hours("days-0", typed))

    assert response.status_code == 200
    assert not OpeningHours.objects.exists()


@pytest.mark.parametrize("words", [{"colour": "red"}, {"colour": "#fff"}, {"dark_colour": "nuit"}])
def test_a_colour_that_is_none_gets_a_sentence(editor_client, words):
    response = save(editor_client, EditionFactory(), rows("sections", SECTION | words))

    assert response.status_code == 200
    assert "#1d5c63" in response.text
    assert not Section.objects.exists()


def test_two_parts_of_one_short_name_are_refused(editor_client):
    response = save(editor_client, EditionFactory(), rows("sections", SECTION, SECTION))

    assert response.status_code == 200
    assert not Section.objects.exists()


def test_a_part_that_is_in_use_stays(editor_client):
    section = ProductFactory().section
    kept = SECTION | {"id": section.pk, "DELETE": "on"}

    response = save(editor_client, section.edition, rows("sections", kept, kept=1))

    assert response.status_code == 200
    assert "est utilisé et reste" in response.text
    assert Section.objects.filter(pk=section.pk).exists()


def test_the_first_day_stays_once_tickets_count_from_it(editor_client):
    ticket = TicketFactory()

    response = save(editor_client, ticket.edition, {"start_date": "2027-05-03"})

    assert response.status_code == 200
    assert "comptent leurs jours à partir du premier" in response.text
    ticket.edition.refresh_from_db()
    assert ticket.edition.start_date == dt.date(2027, 5, 1)


def test_the_first_day_moves_while_no_ticket_is_out(editor_client):
    assert save(editor_client, EditionFactory(), {"start_date": "2027-04-30"}).status_code == 302


@pytest.mark.parametrize("date", ["2027-04-30", "2027-05-20"])
def test_a_day_outside_of_the_edition_is_refused(editor_client, date):
    day = {"date": date, "id": ""} | DAY_WORDS

    response = save(editor_client, EditionFactory(), rows("days", day), hours("days-0"))

    assert response.status_code == 200
    assert "entre le premier et le dernier jour" in response.text
    assert not Day.objects.exists()


def test_an_edition_is_not_made_shorter_than_its_days(editor_client):
    row = DayFactory(date=dt.date(2027, 5, 6))
    day = {"date": "2027-05-06", "id": row.pk} | DAY_WORDS

    response = save(editor_client, row.edition, {"end_date": "2027-05-05"}, rows("days", day, kept=1), hours("days-0"))

    assert response.status_code == 200
    assert "entre le premier et le dernier jour" in response.text


def test_a_day_that_is_in_use_keeps_its_date(editor_client):
    row = QuotaFactory(day=DayFactory()).day
    day = {"date": "2027-05-06", "id": row.pk} | DAY_WORDS

    response = save(editor_client, row.edition, rows("days", day, kept=1), hours("days-0"))

    assert response.status_code == 200
    assert "2027-05-02» est utilisé et reste" in response.text.replace("\N{NO-BREAK SPACE}", "")
    row.refresh_from_db()
    assert row.date == dt.date(2027, 5, 2)


def test_a_day_without_use_may_have_another_date(editor_client):
    row = DayFactory()
    day = {"date": "2027-05-06", "id": row.pk} | DAY_WORDS

    assert save(editor_client, row.edition, rows("days", day, kept=1), hours("days-0")).status_code == 302
    assert Day.objects.get().date == dt.date(2027, 5, 6)


def test_a_day_without_use_goes_with_its_hours(editor_client):
    row = OpeningHoursFactory()
    day = {"date": "2027-05-02", "id": row.day.pk} | DAY_WORDS | {"DELETE": "on"}
    typed = {"id": row.pk, "section": row.section.pk, "opens": "10:00", "closes": "19:00"}

    save(editor_client, row.day.edition, rows("days", day, kept=1), hours("days-0", typed, kept=1))

    assert not Day.objects.exists()
    assert not OpeningHours.objects.exists()


def test_an_edition_that_is_ticked_takes_the_place_of_the_other(editor_client):
    shown = EditionFactory()
    coming = EditionFactory(number=2028, is_current=False)

    response = save(editor_client, coming, {"is_current": "on"})

    assert response.status_code == 302
    assert list(Edition.objects.filter(is_current=True)) == [coming]
    assert AuditEntry.objects.get(verb="edition.taken_off").subject_id == str(shown.pk)


def test_an_edition_that_is_refused_takes_no_place(editor_client):
    shown = EditionFactory()
    coming = EditionFactory(number=2028, is_current=False)

    response = save(editor_client, coming, {"is_current": "on", "start_date": "Pfingsten"})

    assert response.status_code == 200
    assert list(Edition.objects.filter(is_current=True)) == [shown]


def test_a_phase_that_closes_before_it_opens_gets_a_sentence(editor_client):
    fields = {"edition": EditionFactory().pk, "slug": "appels", "label_fr": "Appels", "label_en": ""}
    times = {"opens": "2027-01-02 10:00", "closes": "2027-01-01 10:00"}

    response = editor_client.post(reverse("phase:add"), fields | times)

    assert "fermer avant" in response.text
    assert "phase_closes_after_it_opens" not in response.text
    assert not Phase.objects.exists()


# How many queries a list costs, however many rows it has.
COSTS = {"edition": 8, "phase": 12}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("name", COSTS)
def test_a_list_costs_the_same_for_many(editor_client, name, rows, django_assert_num_queries):
    for number in range(rows):
        edition = EditionFactory(number=2027 + number, is_current=number == 0)
        phase(EditionFactory(number=2027), slug=f"phase-{number}")
        assert edition.pk
    editor_client.get(reverse(f"{name}:index"))

    with django_assert_num_queries(COSTS[name]):
        assert editor_client.get(reverse(f"{name}:index")).status_code == 200


def phase(edition, **fields):
    times = {"opens": dt.datetime(2027, 1, 1, tzinfo=dt.UTC), "closes": dt.datetime(2027, 1, 3, tzinfo=dt.UTC)}
    return Phase.objects.create(edition=edition, label=fields["slug"], **times | fields)


def test_phases_are_those_of_the_edition_that_is_worked_on(editor_client):
    ours, theirs = EditionFactory(), EditionFactory(number=2028, is_current=False)
    phase(ours, slug="maintenant")
    phase(theirs, slug="kanari")

    shown = editor_client.get(reverse("phase:index")).text
    chosen = editor_client.get(reverse("phase:index"), {"edition": theirs.pk}).text

    assert ("maintenant" in shown, "kanari" in shown) == (True, False)
    assert ("maintenant" in chosen, "kanari" in chosen) == (False, True)
    assert editor_client.get(reverse("phase:add")).context["form"]["edition"].value() == theirs.pk


def test_the_number_of_an_edition_stays_once_a_ticket_carries_it(editor_client):
    edition = EditionFactory()
    assert save(editor_client, edition, {"number": "2026"}).status_code == 302, "nothing carries it yet"
    edition.refresh_from_db()
    TicketFactory(order=OrderFactory(edition=edition), product=ProductFactory(edition=edition))

    response = save(editor_client, edition, {"number": "27"})

    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["number"]
    edition.refresh_from_db()
    assert edition.number == 2026
