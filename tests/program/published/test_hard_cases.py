"""Every hard case of the demonstration's programme (`meta.hard_cases`), as a visitor sees it."""

import json
import re

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.html import strip_tags

from program.published.codec import parse

pytestmark = [pytest.mark.django_db, pytest.mark.week]


@pytest.fixture
def get(client, demo):
    def get(name, *args, language="fr", query=""):
        with translation.override(language):
            response = client.get(reverse(name, args=args) + query)
        assert response.status_code == 200, (name, args)
        return response.content.decode().replace("\xa0", " ").replace("\u202f", " ")

    return get


def cards(page):
    """Return the cards of a day: slug -> its HTML."""
    found = re.findall(r"<li class=\"session .*?</li>", page, re.DOTALL)
    return {re.search(r"/(?:sessions|seances)/([\w-]+)/", card)[1]: card for card in found}


def days_listing(get, slug):
    return [day for day in range(1, 8) if slug in cards(get("program-day", f"2027-05-0{day}"))]


def test_every_public_session_is_on_a_day_and_has_a_page_in_both_languages(get, demo):
    public, _ = parse(demo.snapshot)
    listed = {slug for day in range(1, 8) for slug in cards(get("program-day", f"2027-05-0{day}"))}

    assert listed == {session.slug for session in public.sessions}
    assert len(listed) == 45
    for session in public.sessions:
        for language in ("fr", "en"):
            assert "<h1" in get("program-session", session.slug, language=language)


def test_overnight_party_is_listed_once_under_thursday_and_named_in_full(get):
    assert days_listing(get, "nuit-des-communs") == [6]
    page = get("program-session", "nuit-des-communs")
    assert "jeudi 6 mai" in page
    assert "vendredi 7 mai" in page
    assert "à afficher une seule fois" not in page


def test_parallel_workshops_share_their_row(get):
    page = cards(get("program-day", "2027-05-05"))

    rows = {
        re.search(r" r-(\d+) ", page[slug])[1]
        for slug in ("la-fin-du-travail", "decider-a-cinquante", "souder-premiere-carte")
    }
    columns = {
        re.search(r" c-(\d+)", page[slug])[1]
        for slug in ("la-fin-du-travail", "decider-a-cinquante", "souder-premiere-carte")
    }

    assert len(rows) == 1
    assert len(columns) == 3


FULL = [
    "reparer-grille-pain",
    "initiation-impression-3d",
    "levain-partage",
    "marche-pour-de-faux",
    "decider-a-cinquante",
    "meuble-apres-midi",
    "pannes-impossibles",
]


def test_full_with_waiting_list_is_said(demo, get):
    public, _ = parse(demo.snapshot)

    assert sorted(o.session.slug for o in public.occurrences if o.places == "full" and o.session.waitlist) == sorted(
        FULL
    )
    for slug in FULL:
        page = get("program-session", slug, language="en")
        assert ("waiting list" in page) != ("This session is over." in page)


@pytest.mark.parametrize(
    "slug", ["expo-placards", "gratiferia", "cloture-du-village", "petit-dejeuner", "foire-aux-projets"]
)
def test_session_without_a_speaker_has_no_empty_list_of_people(get, slug):
    page = get("program-session", slug, language="en")

    assert "On stage" not in page
    assert "performer" not in page


def test_six_speakers_are_shortened_on_the_card_and_whole_on_the_page(get):
    card = cards(get("program-day", "2027-05-05", language="en"))["la-fin-du-travail"]
    page = get("program-session", "la-fin-du-travail", language="en")

    assert "and 3 others" in card
    assert page.count('<a href="/en/programme/speakers/') >= 6
    assert "(moderator)" in page


def test_cancelled_session_stays_listed_and_says_why(get):
    card = cards(get("program-day", "2027-05-03", language="en"))["microcredit-dix-ans"]
    page = get("program-session", "microcredit-dix-ans", language="en")

    assert "cancelled" in card.split(">")[0]
    assert "tag bad" in card
    assert "detained in Lisbon" in page
    assert "EventCancelled" in page


def test_moved_session_says_from_where_and_when(get):
    page = get("program-session", "marche-pour-de-faux", language="en")

    assert re.search(r"14:30.*The Workbench", page)
    assert "previousStartDate" in page
    assert "EventRescheduled" in page


@pytest.mark.parametrize("slug", ["conference-surprise", "deliberation-jury"])
def test_draft_and_private_leak_nowhere(client, demo, get, slug):
    assert client.get(reverse("program-session", args=[slug])).status_code == 404
    everything = demo.snapshot + demo.unlisted + client.get("/schedule.ics").content.decode()
    everything += "".join(get("program-day", f"2027-05-0{day}") for day in range(1, 8)) + get("program-home")

    assert slug not in everything


def test_unlisted_school_session_needs_its_link(get, demo):
    assert days_listing(get, "nichoir-classe") == []
    assert "nichoir-classe" not in demo.snapshot
    assert "noindex" in get("program-session", "nichoir-classe")


def test_very_long_title_with_nested_quotes_is_whole(get, demo_data):
    title = next(row["title"]["fr"] for row in demo_data["sessions"] if row["id"] == "forum-ouvert-vocabulaire")
    page = get("program-session", "forum-ouvert-vocabulaire")

    assert len(title) == 227
    assert f'<h1 class="long">{title.replace(chr(0xA0), " ").replace(chr(0x202F), " ")}</h1>' in page
    assert "« Et si l’on arrêtait de dire “consommateurs” ? »" in page


@pytest.mark.parametrize(
    ("slug", "emoji"), [("soupe-invendus", "🥕"), ("contributhon-eau", "💧"), ("nuit-des-communs", "🎉")]
)
def test_emoji_in_titles_survive_everywhere(client, get, demo, slug, emoji):
    assert emoji in get("program-session", slug)
    assert emoji in demo.snapshot
    assert emoji in client.get(reverse("program-session-calendar", args=[slug])).content.decode()


@pytest.mark.parametrize("slug", ["documenter-pour-transmettre", "open-data-grand-mere"])
def test_apostrophes_are_typographic_and_not_escaped(get, slug):
    page = get("program-session", slug)

    assert "’" in re.search(r"<h1.*?</h1>", page, re.DOTALL)[0]
    assert "&#x27;" not in re.search(r"<h1.*?</h1>", page, re.DOTALL)[0]


def test_exhibition_of_four_days_stands_above_the_grid(get):
    assert days_listing(get, "expo-placards") == [1, 2, 3, 4]
    page = get("program-day", "2027-05-01")
    assert page.index("expo-placards") < page.index('class="timetable')
    sentence = get("program-session", "expo-placards")
    assert re.search(r"Du samedi 1er mai au mardi 4 mai, chaque jour de 10 h à 19 h", strip_tags(sentence))
    assert "Mezzanine de la Grande Nef" in sentence


def test_bilingual_session_says_both_languages_and_interpretation(get):
    page = get("program-session", "covoiturage-du-quotidien", language="en")

    assert "French and English" in page
    assert "Interpreted (French to English)" in page
    assert '"inLanguage": ["fr", "en"]' in page


@pytest.mark.parametrize("slug", ["souder-premiere-carte", "who-owns-the-algorithm"])
def test_english_only_is_found_by_language(get, slug):
    slugs = cards(get("program-day", "2027-05-05", query="?language=en"))

    assert slug in slugs


SIGNED = [
    "ouverture-du-village",
    "circuit-court-a-qui-profite",
    "lage-des-communs",
    "prendre-soin",
    "ceremonie-des-prix",
]


def test_signed_sessions_are_found_by_access(get):
    found = [slug for day in range(1, 8) for slug in cards(get("program-day", f"2027-05-0{day}", query="?access=lsf"))]

    assert sorted(found) == sorted(SIGNED)


def test_open_air_names_the_room_for_rain(get):
    assert "If it rains: The Great Nave" in get("program-session", "gratiferia", language="en")
    assert "In the open air" in get("program-session", "velos-cargos", language="en")
    assert "If it rains" not in get("program-session", "velos-cargos", language="en")


def test_room_without_access_says_so_and_what_is_offered(get):
    page = get("program-session", "decider-a-cinquante", language="en")

    assert "Not wheelchair accessible" in page
    assert "relayed to the Makery" in page


def test_appointments_of_a_quarter_hour(get):
    assert "Appointments of 15 minutes" in get("program-session", "clinique-juridique", language="en")


def test_places_standing_may_exceed_the_seats(get):
    assert "1 200" in get("program-session", "nuit-des-communs")
    assert "1,200" in get("program-session", "nuit-des-communs", language="en")


@pytest.mark.parametrize(("day", "holiday"), [("2027-05-01", "Labour Day"), ("2027-05-06", "Ascension Day")])
def test_public_holidays_are_named(get, day, holiday):
    assert holiday in get("program-day", day, language="en")


def test_group_and_stage_name_are_not_persons(get):
    assert '"PerformingGroup"' in get("program-session", "decider-a-cinquante")
    index = get("program-speakers")
    assert index.index("Collectif « La Boussole »") < index.index("Mireille Castanhède")
    assert index.index("DJ Ficelle") < index.index("Ana Luísa Figueirôa Prates")


def test_native_name_carries_its_language(get):
    assert '<span class="native" lang="ja">南森 遥</span>' in get("program-speaker", "haruka-minamori")


def test_names_sort_without_apostrophes_and_icelanders_by_first_name(get):
    names = re.findall(
        r'class="title"><a href="[^"]*"><span class="nb name">([^<]*)</span></a>', get("program-speakers")
    )

    order = [
        name
        for name in names
        if name
        in {
            "Solène d’Aubrac-Tissier",
            "Aoife O’Dravane",
            "Jónas Hallvarðsson",
            "Théodore N’Guessan-Roy",
            "Ingrid Østervang",
        }
    ]
    assert order == [
        "Solène d’Aubrac-Tissier",
        "Jónas Hallvarðsson",
        "Théodore N’Guessan-Roy",
        "Aoife O’Dravane",
        "Ingrid Østervang",
    ]


def test_cancelled_speaker_is_marked(get):
    assert "Cannot come to the festival." in get("program-speaker", "tome-quintanilho", language="en")


def test_title_in_both_languages_is_told_once(get):
    page = get("program-session", "donnees-ouvertes-villes-ouvertes")

    assert page.count("<h1>Données ouvertes, villes ouvertes / Open data, open cities</h1>") == 1


def test_linked_data_of_every_session_is_json(get, demo):
    public, _ = parse(demo.snapshot)
    for session in public.sessions:
        page = get("program-session", session.slug)
        data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])
        assert data["@graph"][0]["name"].replace("\xa0", " ").replace("\u202f", " ") in page.replace(
            "&#x27;", "'"
        ).replace("&amp;", "&")


def test_day_page_is_light(client, demo):
    import gzip

    sizes = [len(gzip.compress(client.get(f"/fr/programme/2027-05-0{day}/").content)) for day in range(1, 8)]

    assert max(sizes) < 30 * 1024
