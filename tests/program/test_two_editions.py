"""A past edition that stays readable, and one in preparation of which nobody sees anything."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from festival.models import Edition
from program.models import Session
from program.pages import sitemaps
from tests.conftest import demo_database
from tests.factories import program as make
from tests.factories.festival import EditionFactory, SectionFactory, UserFactory

OLD, NEW, DRAFT = "CANARIVIEUX", "CANARINEUF", "CANARIFUTUR"
LISTS = ["session", "occurrence", "room", "venue", "track", "format", "tag", "exhibitor", "partner", "book"]


def programme_of(edition, word):
    """Make a programme in which every text holds `word`; short names are those of every other edition."""
    day = edition.start_date + dt.timedelta(days=1)
    section = SectionFactory(edition=edition, start_date=edition.start_date, end_date=edition.end_date)
    venue = make.VenueFactory(edition=edition, name=f"Halle {word}", access=f"Par {word}")
    room = make.RoomFactory(edition=edition, venue=venue, slug="salle", name=f"Salle {word}")
    track = make.TrackFactory(edition=edition, name=f"Thème {word}")
    tag = make.TagFactory(edition=edition, slug="mot", name=f"Mot {word}")
    session = make.SessionFactory(
        section=section,
        track=track,
        format=make.FormatFactory(edition=edition, name=f"Forme {word}"),
        slug="meme-nom",
        title=f"Séance {word}",
        abstract=f"Résumé {word}",
        tags=[tag],
    )
    own = make.SessionFactory(section=section, track=track, slug=f"seance-{word.lower()}", title=f"Autre {word}")
    speaker = make.SpeakerFactory(slug=f"qui-{word.lower()}", name=f"Camille {word}")
    make.SessionSpeakerFactory(session=session, speaker=speaker)
    start = make.paris(f"{day}T14:00")
    times = {"starts_at": start, "ends_at": start + dt.timedelta(hours=1)}
    make.OccurrenceFactory(session=session, room=room, **times)
    make.OccurrenceFactory(session=own, room=room, **{key: at + dt.timedelta(hours=2) for key, at in times.items()})
    make.ExhibitorFactory(edition=edition, slug="stand", name=f"Stand {word}", track=track)
    make.PartnerFactory(edition=edition, slug="partenaire", name=f"Partenaire {word}")
    make.BookFactory(edition=edition, slug="livre", title=f"Livre {word}").sessions.add(session)
    make.DayFactory(edition=edition, date=day)


@pytest.fixture(scope="module")
def three_editions(empty_template, django_db_blocker, tmp_path_factory):
    """The path of a database with the three editions, which are made once."""
    folder = tmp_path_factory.mktemp("editions")
    with demo_database(empty_template, folder, django_db_blocker):
        make_editions()
    return folder / "demo.sqlite3"


@pytest.fixture
def editions(three_editions, django_db_blocker, tmp_path):
    """The past, the current and the prepared edition, in a copy that this test may change."""
    with demo_database(three_editions, tmp_path, django_db_blocker):
        yield [Edition.objects.get(number=number) for number in (2027, 2028, 2029)]


def make_editions():
    """2027, over and released twice; 2028, current and released; 2029, prepared and released, but not shown."""
    past = EditionFactory(number=2027)
    programme_of(past, OLD)
    make.released("2027-03-08T09:00", edition=past, version="1.0")
    Session.objects.filter(edition=past).update(audience="12+")
    make.released("2027-04-08T09:00", edition=past, version="1.1")
    Edition.objects.update(is_current=False)
    dates = {"start_date": dt.date(2028, 5, 1), "end_date": dt.date(2028, 5, 7)}
    current = EditionFactory(number=2028, is_current=True, **dates)
    programme_of(current, NEW)
    make.released("2027-05-01T09:00", edition=current, version="a")
    dates = {"start_date": dt.date(2029, 5, 1), "end_date": dt.date(2029, 5, 7)}
    future = EditionFactory(number=2029, is_current=False, **dates)
    programme_of(future, DRAFT)
    make.released("2027-05-01T10:00", edition=future, version="z")


def crawl(*starts):
    """Return {address: text} of the programme's pages, feeds and exports that links lead to."""
    found, waiting, client = {}, list(starts), Client()
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        response = client.get(address)
        assert response.status_code == 200, address
        found[address] = response.content.decode()
        if not response["Content-Type"].startswith("text/html"):
            continue
        links = {link.split("#")[0] for link in html.fromstring(found[address]).xpath("//main//a/@href")}
        waiting += [link for link in links if re.search(r"/(programme|schedule|en-direct|live)", link)]
    return found


def addresses_of_the_past():
    """Return every address that 2027 had while it was current, in both languages, and its feeds."""
    paths = []
    for language, sessions, speakers, live in (
        ("fr", "seances", "intervenants", "en-direct"),
        ("en", "sessions", "speakers", "live"),
    ):
        paths += [
            f"/{language}/programme/2027-05-02/",
            f"/{language}/programme/{sessions}/seance-{OLD.lower()}/",
            f"/{language}/programme/{speakers}/qui-{OLD.lower()}/",
            f"/{language}/programme/",
            f"/{language}/programme/{sessions}/meme-nom/",
            f"/{language}/programme/{speakers}/",
            f"/{language}/{live}/",
        ]
    return [*paths, "/schedule/v/1.0/schedule.json", f"/schedule/session/seance-{OLD.lower()}.ics"]


def in_archive(path):
    return re.sub(r"^(/fr|/en|)/", r"\1/2027/", path)


def test_the_archive_has_every_address_that_the_edition_had(client, editions):
    paths = [*addresses_of_the_past(), "/schedule.ics", "/schedule.json", "/schedule/v/1.1/schedule.json"]

    answers = {path: client.get(in_archive(path)) for path in paths}

    assert {path: answer.status_code for path, answer in answers.items() if answer.status_code != 200} == {}
    assert {path for path, answer in answers.items() if OLD not in answer.content.decode()} <= {
        "/fr/en-direct/",
        "/en/live/",
    }


@pytest.mark.parametrize("path", [p for p in addresses_of_the_past() if OLD.lower() in p or "2027" in p or "/v/" in p])
def test_old_addresses_lead_to_the_archive_for_ever(client, editions, path):
    answer = client.get(path + "?lang=en")

    assert (answer.status_code, answer.url) == (301, in_archive(path) + "?lang=en")
    assert client.get(answer.url).status_code == 200


def test_what_the_current_edition_has_is_its_own(client, editions):
    page = client.get("/fr/programme/seances/meme-nom/").content.decode()

    assert NEW in page
    assert OLD not in page


def test_crawling_the_current_programme_finds_no_other_edition(editions):
    pages = crawl("/fr/programme/", "/en/programme/", "/schedule.ics", "/schedule.json", "/fr/en-direct/")

    current = {address: text for address, text in pages.items() if "2027" not in address}
    assert len(current) > 12
    assert [address for address, text in current.items() if OLD in text or DRAFT in text] == []
    assert any(NEW in text for text in current.values())


def test_crawling_the_archive_finds_no_other_edition(editions):
    pages = crawl("/fr/2027/programme/", "/en/2027/programme/", "/2027/schedule.ics", "/2027/schedule.json")

    inside = {address: text for address, text in pages.items() if "/2027/" in address}
    assert len(inside) > 12
    assert [address for address, text in inside.items() if NEW in text or DRAFT in text] == []


def test_archive_pages_link_to_nothing_current_but_the_way_out(client, editions):
    for path in ("/fr/2027/programme/", "/fr/2027/programme/seances/meme-nom/", "/fr/2027/programme/2027-05-02/"):
        tree = html.fromstring(client.get(path).content)
        links = [link for link in tree.xpath("//main//a/@href") if "programme" in link or "schedule" in link]

        assert [link for link in links if "/2027/" not in link] == ["/fr/programme/"], path
        assert "2027" in tree.xpath("string(//main//p[contains(@class, 'archive')])")


def test_archive_names_itself_as_the_canonical_page_with_its_twin(client, editions, settings):
    tree = html.fromstring(client.get("/fr/2027/programme/seances/meme-nom/?track=x").content)

    base = settings.BASE_URL
    assert tree.xpath("//link[@rel='canonical']/@href") == [f"{base}/fr/2027/programme/seances/meme-nom/"]
    assert tree.xpath("//link[@rel='alternate' and @hreflang='en']/@href") == [
        f"{base}/en/2027/programme/sessions/meme-nom/"
    ]
    assert "/en/2027/programme/sessions/meme-nom/" in tree.xpath("//header//a/@href")


def test_feeds_of_the_archive_keep_their_uids_and_point_into_it(client, editions, settings):
    past, _current, _future = editions
    uids = {str(uuid) for uuid in past.occurrences.values_list("uuid", flat=True)}

    feed = client.get("/2027/schedule.ics").content.decode().replace("\r\n ", "")

    assert set(re.findall(r"UID:(\S+)", feed)) == uids
    assert f"{settings.BASE_URL}/fr/2027/programme/seances/meme-nom/" in feed
    assert f"{settings.BASE_URL}/fr/programme/" not in feed


@pytest.mark.parametrize(
    "path",
    [
        "/fr/2029/",
        "/fr/2029/programme/",
        "/en/2029/programme/",
        "/fr/2029/programme/2029-05-02/",
        "/fr/2029/programme/seances/meme-nom/",
        "/fr/2029/programme/intervenants/",
        "/fr/2029/en-direct/",
        "/2029/schedule.ics",
        "/2029/schedule.json",
        "/2029/schedule/v/z/schedule.json",
        "/2029/schedule/session/meme-nom.ics",
        "/schedule/v/z/schedule.json",
        f"/fr/programme/seances/seance-{DRAFT.lower()}/",
        f"/fr/programme/intervenants/qui-{DRAFT.lower()}/",
        "/fr/programme/2029-05-02/",
        f"/schedule/session/seance-{DRAFT.lower()}.ics",
        "/fr/2026/programme/",
        "/2026/schedule.json",
    ],
)
def test_what_is_prepared_or_never_was_is_not_found(client, editions, path):
    assert client.get(path).status_code == 404


def test_the_prepared_edition_is_shown_as_soon_as_it_is_current(client, editions):
    _past, current, future = editions
    Edition.objects.filter(pk=current.pk).update(is_current=False)
    Edition.objects.filter(pk=future.pk).update(is_current=True)

    assert DRAFT in client.get("/schedule.json").content.decode()
    assert client.get("/fr/2028/programme/").status_code == client.get("/fr/2027/programme/").status_code == 200


@pytest.mark.parametrize("path", ["/fr/2028/programme/2028-05-02/", "/2028/schedule.ics", "/2028/schedule.json"])
def test_the_current_edition_answers_at_its_usual_address(client, editions, path):
    answer = client.get(path + "?track=partager")

    assert (answer.status_code, answer.url) == (302, path.replace("/2028/", "/", 1) + "?track=partager")


def test_the_version_of_the_current_edition_has_an_address_that_stays(client, editions):
    assert NEW in client.get("/2028/schedule/v/a/schedule.json").content.decode()


def test_a_current_edition_without_a_release_leaves_the_old_addresses_to_the_archive(client, editions):
    _past, current, future = editions
    Edition.objects.filter(pk=current.pk).update(is_current=False)
    current.releases.all().delete()
    Edition.objects.filter(pk=future.pk).update(is_current=True)
    future.releases.all().delete()

    assert client.get("/fr/programme/2027-05-02/").url == "/fr/2027/programme/2027-05-02/"
    assert client.get("/fr/programme/2029-05-02/").url == "/fr/programme/"
    assert "/fr/2027/programme/" in client.get("/fr/programme/").content.decode()


def test_without_a_current_edition_what_is_over_is_an_archive(client, editions, settings):
    Edition.objects.update(is_current=False)
    settings.FESTIVAL_CLOCK = "2027-06-01T10:00"

    assert client.get("/fr/2027/programme/").status_code == 200
    assert client.get("/fr/2028/programme/").status_code == 404


def test_sitemap_lists_the_archive_and_nothing_prepared(editions):
    found = sitemaps.entries(make.paris("2027-05-02T11:30"))

    assert ("program-session", [2027, "meme-nom"]) in found
    assert ("program-session", ["meme-nom"]) in found
    assert not any(2028 in args or 2029 in args or DRAFT.lower() in str(args) for _name, args in found)


@pytest.mark.parametrize("path", ["programme/", "programme/2027-05-02/", "programme/seances/meme-nom/", "en-direct/"])
def test_archive_pages_cost_as_little_as_current_ones(client, django_assert_num_queries, editions, path):
    client.get(f"/fr/2027/{path}")

    with django_assert_num_queries(1):  # the site's generation
        client.get(f"/fr/2027/{path}?warm=1")


@pytest.fixture
def editor(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


@pytest.mark.parametrize("name", LISTS)
def test_lists_show_one_edition_the_current_one_first(editions, editor, name):
    past, _current, _future = editions
    address = reverse(f"wagtailsnippets_program_{name}:list")

    first = editor.get(address).content.decode()
    chosen = editor.get(address, {"edition": past.pk}).content.decode()
    remembered = editor.get(address).content.decode()

    assert NEW in first
    assert not {OLD, DRAFT} & set(re.findall("CANARI[A-Z]+", first))
    assert OLD in chosen
    assert NEW not in chosen
    assert OLD in remembered


@pytest.mark.parametrize("name", LISTS)
def test_exports_carry_one_edition_and_say_which(editions, editor, name):
    answer = editor.get(reverse(f"wagtailsnippets_program_{name}:list"), {"export": "csv"})

    text = b"".join(answer.streaming_content).decode()
    assert NEW in text
    assert not {OLD, DRAFT} & set(re.findall("CANARI[A-Z]+", text))
    assert "2028" in text


@pytest.mark.parametrize("name", LISTS)
def test_forms_offer_what_belongs_to_the_rows_edition(editions, editor, name):
    past, _current, _future = editions
    row = {name: getattr(past, f"{name}s") for name in LISTS}[name].first()

    new = editor.get(reverse(f"wagtailsnippets_program_{name}:add")).content.decode()
    old = editor.get(reverse(f"wagtailsnippets_program_{name}:edit", args=[row.pk])).content.decode()

    assert not {OLD, DRAFT} & set(re.findall("CANARI[A-Z]+", new))
    assert not {NEW, DRAFT} & set(re.findall("CANARI[A-Z]+", old))


@pytest.mark.parametrize("name", ["session", "room", "track"])
def test_choosers_offer_the_edition_of_the_form(editions, editor, name):
    past, _current, _future = editions

    page = editor.get(reverse(f"wagtailsnippetchoosers_program_{name}:choose_results"), {"edition": past.pk})

    assert set(re.findall("CANARI[A-Z]+", page.content.decode())) == {OLD}


def test_titles_and_prints_of_an_archive_bear_its_own_name_and_year(client, editions):
    Edition.objects.filter(number=2028).update(name={"fr": f"Fête {NEW}", "en": f"Fair {NEW}"})
    old, new = (html.fromstring(client.get(f"/fr/{place}programme/").content) for place in ("2027/", ""))

    printed = [page.find_class("print-head")[0].findtext(".//b") for page in (old, new)]
    assert printed == ["Festival de l’économie collaborative 2027", f"Fête {NEW} 2028"]
    assert [page.findtext(".//title").rpartition(" · ")[2] for page in (old, new)] == [printed[0], f"Fête {NEW}"]
