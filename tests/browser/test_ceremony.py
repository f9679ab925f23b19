"""A contest from the share-out to the stage: the chair proposes, freezes, decides, announces, and reveals by a key."""

import re
import shutil

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PASSWORD, next_page, watching
from tests.browser.installation import Site

CHAIR = "marguerite-delahousse-naim@jury.example.org"
JURY = "/jury/petits-prix/"
BOARD = f"{JURY}chair/"
STAGE = f"{BOARD}ceremony/stage/"
WINNERS = "/fr/prix/palmares/"
# A small contest of the week's own edition, newer than the one of the demo: so the site speaks of it.
CONTEST = """
from awards.models import Applicant, Call, Category, Criterion, Entry, Juror, Prize, Round, Rubric, ScaleLevel
from datetime import datetime
from zoneinfo import ZoneInfo
from festival.core.writing import writing
from festival.models import Edition, User
def at(text): return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Paris"))
def both(text): return {"fr": text, "en": text}
with writing(public=True):
    call = Call.objects.create(edition=Edition.objects.current(), slug="petits-prix", name=both("Petits Prix"),
        opens=at("2027-01-01T10:00"), closes=at("2027-02-28T23:59"))
    category = Category.objects.create(call=call, slug="quartier", name=both("Quartier"))
    rubric = Rubric.objects.create(call=call, name=both("Grille"))
    Criterion.objects.create(rubric=rubric, slug="impact", name=both("Utilité"), weight=100, tie_break=1)
    for mark in range(6):
        ScaleLevel.objects.create(rubric=rubric, value=mark, label=both(str(mark)))
    Round.objects.create(call=call, order=1, name=both("Lecture"), rubric=rubric, finalists_per_category=2,
        opens=at("2027-03-15T09:00"), closes=at("2027-04-05T23:59"), announced_at=at("2027-04-08T11:00"),
        readers_per_entry=2)
    for number in range(1, 4):
        user = User.objects.get(email=CHAIR) if number == 1 else None
        Juror.objects.create(call=call, user=user, slug=f"juror-{number}", name=f"Jurée {number}",
            sort_name=f"{number}", is_chair=number == 1, languages="fr", email=f"juree{number}@example.org")
    for number in range(1, 7):
        applicant = Applicant.objects.create(email=f"projet{number}@example.org", name=f"Équipe {number}",
            created_at=at("2027-01-05T10:00"))
        Entry.objects.create(call=call, category=category, slug=f"projet-{number}", title=both(f"Projet {number}"),
            pitch=both("Pour la rue."), state="eligible", applicant=applicant, holder=f"Équipe {number}")
    Prize.objects.create(call=call, slug="or", name=both("Prix d’or"), category=category)
"""
CARDS = """
from datetime import datetime
from zoneinfo import ZoneInfo
from awards.jury.scoring import Marks, save_scorecard
from awards.models import Assignment
from festival.models import User
now = datetime(2027, 3, 20, 12, tzinfo=ZoneInfo("Europe/Paris"))
for given in Assignment.objects.filter(round__call__slug="petits-prix").select_related("juror__user", "entry"):
    mark = max(0, 6 - int(given.entry.slug[-1]))
    notes = {"applicant": f"Lu avec plaisir : {given.entry.title}."}
    marks = Marks({"impact": mark}, "Bien.", submit=True, notes=notes)
    save_scorecard(assignment_id=given.pk, version=0, marks=marks, by=given.juror.user, now=now)
"""


@pytest.fixture(scope="module")
def contest(tmp_path_factory, demo_template, shared_by_processes):
    """A site of its own, whose newest contest has projects and a jury, and nothing else."""
    folder = tmp_path_factory.mktemp("ceremony")
    shutil.copyfile(demo_template, folder / "site.sqlite3")
    shutil.copytree(demo_template.parent / "demo" / "media", folder / "media", dirs_exist_ok=True)
    site = Site(folder, DEMO="1", FESTIVAL_CLOCK="start:2027-05-02T11:30")
    site.manage("shell", "--command", CONTEST.replace("CHAIR", repr(CHAIR)))
    with site.serving() as running:
        yield running


@pytest.fixture
def opened(browser, contest):
    """Return a function that opens watched pages of that site."""
    with watching(browser, contest) as function:
        yield function


@pytest.fixture
def unwatched(browser, contest):
    """A page that loses its network, of which the browser complains on the console."""
    context = browser.new_context(base_url=contest.url, locale="fr-FR", viewport={"width": 1280, "height": 720})
    yield context.new_page()
    context.close()


def seated(page, moment):
    """Sign the chair in, and move the clock of the page."""
    page.goto("/fr/compte/login/")
    page.get_by_label("Courriel").fill(CHAIR)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Me connecter", exact=True).click()
    page.wait_for_url(lambda url: "/login" not in url)
    page.goto(f"/demo/clock/{moment}/?next={BOARD}")
    return page


def press(page, name):
    """Press a button and wait for the page that it brings."""
    with next_page(page):
        page.get_by_role("button", name=name).click()


def share_out(page, axe):
    page.goto(f"{BOARD}share-out/")
    assert axe(page) == []
    press(page, "Proposer une répartition")
    press(page, re.compile("^Diffuser ces"))
    expect(page.locator(".messages")).to_contain_text("12")


def freeze_and_decide(page, axe):
    page.goto(f"{BOARD}freeze/")
    page.locator("[name=when][value=now]").check()
    press(page, "Figer ce résultat")
    page.goto(f"{BOARD}decisions/or/")
    assert axe(page) == []
    page.locator("[name=kind][value=winner]").check()
    page.locator("[name=entry]").select_option(index=1)
    press(page, "Enregistrer la décision")
    expect(page.locator(".messages")).to_be_visible()
    page.goto(f"{BOARD}decisions/")
    assert axe(page) == []


def plan(page, axe):
    page.goto(f"{BOARD}announcement/")
    page.get_by_label("Candidats prévenus le").fill("2027-05-01T09:00")
    page.get_by_label("Annonce publique le").fill("2027-05-30T11:00")
    page.get_by_label("Plus tôt, dès la dernière révélation").check()
    press(page, "Programmer l’annonce")
    assert axe(page) == []


def arrange(page, axe):
    page.goto(f"{BOARD}ceremony/")
    press(page, "Les placer dans le déroulé")
    page.get_by_label("Ce que c’est").fill("Accueil")
    press(page, "Ajouter l’étape")
    press(page, "Monter Accueil")
    steps = page.locator(".running-order h3")
    expect(steps).to_have_text(["Accueil", "Prix d’or"])
    assert axe(page) == []


def scene(page, number):
    expect(page).to_have_url(re.compile(f"{STAGE}{number}/$"))


def test_the_chair_goes_from_the_share_out_to_the_last_reveal(contest, opened, unwatched, axe):
    page = seated(unwatched, "jury")
    share_out(page, axe)
    contest.manage("shell", "--command", CARDS)
    page.goto(f"/demo/clock/archive/?next={BOARD}")
    freeze_and_decide(page, axe)
    plan(page, axe)
    contest.manage("tick")
    arrange(page, axe)

    visitor = opened()
    visitor.goto(f"/demo/clock/archive/?next={WINNERS}")
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("pas encore")
    press(page, "Commencer la cérémonie")
    expect(page.locator("[data-held]")).to_be_visible()  # the scenes that follow are in its memory
    assert axe(page) == []
    for number, title in enumerate(("Accueil", "Prix d’or", "Les finalistes"), start=1):
        page.keyboard.press("PageDown")
        scene(page, number)
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        assert "scene-winner" not in page.content()
    page.keyboard.press("b")
    expect(page.get_by_role("heading", level=1)).to_be_hidden()
    page.keyboard.press("b")
    page.context.set_offline(True)
    page.keyboard.press(" ")
    scene(page, 4)
    expect(page.locator(".scene-winner h1")).to_have_text("Projet 1")
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.ok):
        page.context.set_offline(False)
    assert axe(page) == []
    page.keyboard.press("ArrowLeft")
    scene(page, 3)

    visitor.goto(WINNERS)
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Palmarès")
    expect(visitor.locator("#main")).to_contain_text("Projet 1")
    assert axe(visitor) == []
    release_feedback(page, axe)


def release_feedback(page, axe):
    """Let one comment through and release: the applicants are written to."""
    page.goto(f"{BOARD}feedback/")
    assert axe(page) == []
    with next_page(page):
        page.get_by_role("button", name="Le laisser passer Projet 1").first.click()
    expect(page.locator(".messages")).to_contain_text("lira ce commentaire")
    press(page, "Envoyer les retours")
    expect(page.locator(".messages")).to_contain_text("Les retours sont envoyés")
