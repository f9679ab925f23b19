"""What the office sees of answers: totals, lists, who is asked at the door; answers about health with their right."""

import pytest
from django.contrib.auth.models import Permission

from festival.core.audit import Actor
from festival.models import AuditEntry
from tests.factories.festival import UserFactory
from tests.factories.tickets import NOW, LineFactory, TicketFactory
from tests.tickets.questions.conftest import ask
from tests.tickets.uploads.conftest import PDF, kept, upload
from tickets.models import Answer, Order, SentFile
from tickets.questions import answering, queries, rules
from tickets.questions.queries import Given

pytestmark = pytest.mark.django_db


def office(client, settings, *, health=True):
    settings.SECOND_FACTOR_REQUIRED = False
    user = UserFactory(is_staff=True)
    names = ["access_admin", "view_answer", "change_answer", "view_order", *(["see_health_answer"] if health else [])]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    return client


def answer(line, question, value):
    return Answer.objects.create(
        question=question, order=line.order, line=line, value=value, asked=question.text, version=1, given_at=NOW
    )


@pytest.fixture
def lunches(lunch, diet, allergies):
    """Three lunches on 2 May, one on 3 May: two vegan, one has said nothing; one is allergic. One was given back."""
    first, second = lunch.days.all()
    lines = [LineFactory(product=lunch, kind="addon", day=day) for day in (first, first, first, second)]
    for line, meal in zip(lines, ("vegan", "tout", None, "vegan"), strict=True):
        if meal:
            answer(line, diet, meal)
    answer(lines[0], allergies, "yes")
    gone = LineFactory(product=lunch, kind="addon", day=first, order__state="expired")
    answer(gone, diet, "vegan")
    return lines


def test_the_caterer_reads_the_totals_of_each_day(lunches, client, settings):
    csv = b"".join(office(client, settings).get("/cms/questions/totals/?export=csv").streaming_content).decode()
    rows = [line.split(";") for line in csv.replace("\r", "").splitlines()]

    assert [row[1:] for row in rows[1:]] == [
        ["2027-05-02", "Question regime", "Tout", "1"],
        ["2027-05-02", "Question regime", "Vegan", "1"],
        ["2027-05-02", "Question regime", "sans réponse", "1"],
        ["2027-05-02", "Question allergies", "Oui", "1"],
        ["2027-05-02", "Question allergies", "sans réponse", "2"],
        ["2027-05-03", "Question regime", "Vegan", "1"],
        ["2027-05-03", "Question allergies", "sans réponse", "1"],
    ]
    assert client.get("/cms/questions/totals/?export=xlsx").getvalue()[:2] == b"PK"
    html = client.get("/cms/questions/totals/").content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "dimanche 2 mai 2027" in html


@pytest.mark.parametrize("health", [True, False])
def test_answers_about_health_need_their_own_right(lunches, client, settings, health):
    client = office(client, settings, health=health)
    line = lunches[0]
    pages = [
        client.get("/cms/questions/totals/").content.decode(),
        b"".join(client.get("/cms/questions/totals/?export=csv").streaming_content).decode(),
        client.get("/cms/answers/").content.decode(),
        b"".join(client.get("/cms/answers/?export=csv").streaming_content).decode(),
        client.get(f"/cms/order/inspect/{line.order_id}/").content.decode(),
        client.get(f"/cms/order/answers/{line.order_id}/").content.decode(),
    ]

    assert ["Question regime" in page for page in pages] == [True] * 6
    assert ["Question allergies" in page for page in pages[:2] + pages[4:]] == [health] * 4
    about_health = Answer.objects.get(question__slug="allergies")
    assert client.get(f"/cms/answers/inspect/{about_health.pk}/").status_code == (200 if health else 404)


def test_without_the_right_nobody_sees_any(lunches, client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    user = UserFactory(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "view_order"]))
    client.force_login(user)

    for address in ("/cms/questions/totals/", "/cms/answers/", f"/cms/order/answers/{lunches[0].order_id}/"):
        assert client.get(address).status_code in {302, 403}
    assert "Question regime" not in client.get(f"/cms/order/inspect/{lunches[0].order_id}/").content.decode()


def test_the_office_fills_in_what_was_left_open_and_leaves_health_alone(lunches, diet, client, settings):
    client, line = office(client, settings, health=False), lunches[0]
    address = f"/cms/order/answers/{line.order_id}/"
    assert client.post(address, {f"q{diet.pk}-{line.pk}": "steak"}).status_code == 422

    response = client.post(address, {f"q{diet.pk}-{line.pk}": "tout"})

    assert response.url == f"/cms/order/inspect/{line.order_id}/"
    found = dict(Answer.objects.filter(line=line).values_list("question__slug", "value"))
    assert found == {"regime": "tout", "allergies": "yes"}
    assert AuditEntry.objects.get(verb="order.answered").facts == {"answers": 1}


def test_an_order_that_has_ended_is_not_shown(lunches, client, settings):
    Order.objects.update(state="expired", expires_at=NOW)
    assert office(client, settings).get(f"/cms/order/answers/{lunches[0].order_id}/").status_code == 404


def test_who_has_to_be_asked_at_the_door(village, client, settings, django_assert_max_num_queries):
    ask(village, "urgence", "phone", asked="door")
    tickets = [TicketFactory(product=village, holder=name) for name in ("Zoé", "Ada")]
    answer(TicketFactory(product=village, holder="Answered").line, village.questions.get(), "112112")
    client = office(client, settings)
    client.get("/cms/questions/to-ask/")

    with django_assert_max_num_queries(25):
        html = client.get("/cms/questions/to-ask/?day=2027-05-02").content.decode()

    assert html.index("Ada") < html.index("Zoé")
    assert "Answered" not in html
    assert f"/cms/order/answers/{tickets[0].line.order_id}/" in html
    for day in ("2027-05-03", "nonsense", "2027-13-77"):
        assert client.get(f"/cms/questions/to-ask/?day={day}").status_code == 200


@pytest.fixture
def card(lunch):
    """The answer that is a file, about health."""
    question = ask(lunch, "certificat", "file", is_health=True)
    line, row = LineFactory(product=lunch, kind="addon"), kept("certificat de Zoé.pdf")
    facts = queries.asked_of_place(lunch.edition_id, lunch.pk)[0]
    given = Given(facts, line, rules.file_answer(row.key.hex, row.name))
    answering.change(order=line.order, given=[given], actor=Actor.system("test"), now=NOW)
    return Answer.objects.get(question=question)


def test_a_file_is_downloaded_by_those_who_may_see_the_answer(card, client, settings):
    client = office(client, settings)
    address = f"/cms/answers/{card.pk}/file/"
    for page in (f"/cms/answers/inspect/{card.pk}/", f"/cms/order/inspect/{card.order_id}/"):
        assert f'<a href="{address}" download>certificat de Zoé.pdf</a>' in client.get(page).content.decode()

    response = client.get(address)

    assert b"".join(response.streaming_content) == PDF
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert office(client, settings, health=False).get(address).status_code == 404


def test_exports_name_the_file_and_nothing_of_it(card, client, settings):
    csv = b"".join(office(client, settings).get("/cms/answers/?export=csv").streaming_content).decode()

    assert "certificat de Zoé.pdf" in csv
    assert rules.file_key(card.value) not in csv


def test_the_office_keeps_a_file_though_another_answer_is_wrong(lunch, client, settings):
    card, age = ask(lunch, "carte", "file"), ask(lunch, "age", "age", sort_order=2)
    line = LineFactory(product=lunch, kind="addon")
    client = office(client, settings)
    address = f"/cms/order/answers/{line.order_id}/"
    assert 'enctype="multipart/form-data"' in client.get(address).content.decode()

    wrong = client.post(address, {f"q{card.pk}-{line.pk}": upload(), f"q{age.pk}-{line.pk}": "x"})
    assert wrong.status_code == 422
    row = SentFile.objects.get()
    again = {f"q{card.pk}-{line.pk}-kept": str(row.key), f"q{age.pk}-{line.pk}": "7"}
    assert client.post(address, again).status_code == 302

    row.refresh_from_db()
    assert row.answer.question == card
