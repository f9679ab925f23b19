"""The rows behind the authorisation matrix: people of every role, and a real object for every address."""

import datetime as dt
import uuid
from dataclasses import dataclass, field

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.test import Client
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    PageViewRestriction,
    UploadedFile,
    Workflow,
    WorkflowPage,
)
from wagtail_localize.models import OverridableSegment, StringSegment, Translation

from awards.announcing.publishing import Plan, plan
from awards.ceremony.placing import lay_out
from awards.deliberation.deciding import Choice, decide
from awards.deliberation.meeting import open_room
from awards.entering.inviting import token_of
from awards.models import Applicant, Assignment, Call, Entry, Extension, Juror, Recusal, SentBallot
from awards.pages.queries import call_status, finalists
from awards.results.deliberation import freeze_result
from awards.seats import links as seat_links
from awards.voting import links as vote_links
from awards.voting.queries import vote_at
from festival import roles
from festival.core.writing import writing
from festival.models import FestivalImage, HomePage, NewsPage, StandardPage, User
from festival.pages.queries import week_sheet
from program.models import Occurrence, Release, Session
from program.published.queries import current_programme
from tests.factories.applying import EntryFileFactory, MemberFactory
from tests.factories.awards import (
    AssignmentFactory,
    CallFactory,
    EntryFactory,
    QuestionFactory,
    first_round,
    score,
)
from tests.factories.deciding import PrizeFactory
from tests.factories.festival import EditionFactory, OutgoingMailFactory, audit_entry, image_factory
from tests.factories.tickets import (
    CheckinListFactory,
    DeviceFactory,
    FeeFactory,
    GateFactory,
    PaymentFactory,
    RefundFactory,
    SaleAlertFactory,
    StatementLineFactory,
    TicketFactory,
)
from tests.festival.text.app.models import Shelf, Stall
from tickets.approvals import applying
from tickets.approvals.applying import Application
from tickets.buying.basket import Basket, Item
from tickets.delivery.links import own_token
from tickets.delivery.notices import confirmation_token
from tickets.door import access, checkin
from tickets.models import (
    Answer,
    Checkin,
    CheckinList,
    Gate,
    Guest,
    PotRequest,
    Product,
    Question,
    RefundRequest,
    Voucher,
    VoucherUse,
    WaitingEntry,
    WaitingRoom,
)
from tickets.orders.placing import Buyer
from tickets.questions.rules import file_answer
from tickets.retrieval import links
from tickets.uploads import filing

NOW = dt.datetime(2027, 5, 2, 9, 30, tzinfo=dt.UTC)
GROUPS = {
    "door team": [roles.DOOR],
    "withdrawn phone": [roles.DOOR],
    "other door": [roles.DOOR],
    "juror": [roles.JURY],
    "chair": [roles.JURY],
    "other juror": [roles.JURY],
    "other chair": [roles.JURY],
    "editor": [roles.EDITORS],
    "moderator": [roles.EDITORS, roles.MODERATORS],
    "ticket office": [roles.TICKET_OFFICE],
    "jury office": [roles.JURY_OFFICE],
    "nobody": [],
    "admin": [],
}


@dataclass
class World:
    """Who tries (`jars`, cookies by role), and on what (`objects`, by model or by the name of a variable)."""

    jars: dict[str, dict[str, str]] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    objects: dict[object, object] = field(default_factory=dict)
    juries: dict[int, dict[str, str]] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """Return a browser of that role, as it is before its first visit."""
        client = Client(raise_request_exception=False)
        for name, value in self.jars[role].items():
            client.cookies[name] = value
        return client


def build() -> World:
    """Fill the demo week with what it lacks; return who and what is tried."""
    world = World()
    _sign_in(world)
    ours, next_year = EditionFactory(number=2027), EditionFactory(number=2028, is_current=False)
    for edition, prefix in ((ours, ""), (next_year, "other ")):
        world.juries[edition.number] = _juries(edition, world.people[f"{prefix}juror"], world.people[f"{prefix}chair"])
    _door(world, ours, next_year)
    _workshops(world, ours)
    _requests(world, ours)
    _pages(world)
    _library(world)
    _account(world)
    world.objects |= {
        "version": Release.objects.first().version,
        "sheet": week_sheet().name,
        "speaker": current_programme(NOW).speakers[0].slug,
        "account to delete": User.objects.create_user("leaving@example.org"),
        "hash": Release.objects.first().grid_hash,
        "mail": OutgoingMailFactory(),
        "refund": RefundFactory(payment=PaymentFactory(), state="created"),
        "refund made elsewhere": RefundFactory(payment=PaymentFactory(), reason="outside"),
        "wish": RefundRequest.objects.create(order=world.objects["order"], cents=0, asked_at=NOW),
        "confirmation": confirmation_token(world.objects["order"]),
        "link of a search": links.token(OutgoingMailFactory(kind=links.FOUND_MAIL, to=world.objects["order"].email)),
        "link of the search of a guest": links.token(OutgoingMailFactory(kind=links.FOUND_MAIL, to="zoe@example.org")),
        "secret of an alert": SaleAlertFactory(product=Product.objects.get(slug="pass-fest")).secret,
        "ticket number": world.objects["ticket"].number,
        "entry of the log": audit_entry(),
        "session": Session.objects.order_by("pk").first(),
        "line of a statement": StatementLineFactory(),
    }
    FeeFactory(edition=ours)
    stall = Stall.objects.create(name="Étal", slug="etal")
    world.objects["stall revision"] = stall.save_revision()
    Shelf.objects.create(title="Rayon")
    world.objects["session revision"] = world.objects["session"].save_revision(user=world.people["admin"])
    return world


def _sign_in(world: World) -> None:
    roles.set_up()
    world.jars["anonymous"] = {}
    for role, groups in GROUPS.items():
        user = User.objects.create_user(f"{role.replace(' ', '-')}@example.org", is_superuser=role == "admin")
        user.groups.set(Group.objects.filter(name__in=groups))
        client = Client()
        client.force_login(user)
        request = HttpRequest()
        request.session = client.session
        record_authentication(request, user, method="password", reauthenticated=True)
        request.session.save()
        world.people[role] = user
        world.jars[role] = {name: morsel.value for name, morsel in client.cookies.items()}


def _juries(edition, juror: User, chair: User) -> dict[str, str]:
    """Three calls: the jury is at work, two projects are level, the result is frozen. Return their slugs by state."""
    found = {}
    for state in ("at work", "level", "frozen"):
        slug = f"{state.replace(' ', '-')}-{edition.number}"
        call = CallFactory(edition=edition, slug=slug, opens=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
        judged = first_round(call)
        judged.opens, judged.closes = NOW - dt.timedelta(days=9), NOW + dt.timedelta(days=9)
        judged.finalists_per_category = 1
        judged.announced_at = NOW + dt.timedelta(days=20)
        judged.save()
        seats = [
            Juror.objects.create(call=call, user=juror, slug="juror", name="J", sort_name="J"),
            Juror.objects.create(call=call, user=chair, slug="chair", name="C", sort_name="C", is_chair=True),
        ]
        entries = [EntryFactory(call=call, slug=f"{slug}-{place}") for place in (1, 2, 3)]
        for entry, mark in zip(entries, (4, 4, 2) if state == "level" else (4, 3, 2), strict=True):
            pair = AssignmentFactory(juror=seats[0], entry=entry)
            found[f"{state} pair"] = pair.pk
            if state != "at work":
                score(pair, mark, mark, now=NOW - dt.timedelta(days=2))
        if state != "at work":
            judged.closes = NOW - dt.timedelta(days=1)
            judged.save()
        if state == "at work":
            file = EntryFileFactory(entry=entries[0], question=QuestionFactory(call=call, kind="file"))
            found["conflict"] = Recusal.objects.create(
                juror=seats[0], entry=entries[2], source="chair", when="declared_before", declared_at=NOW
            ).pk
            Assignment.objects.filter(juror=seats[0], entry=entries[2]).update(state="recused")
            file.file.save(f"{slug}.pdf", ContentFile(b"%PDF-1.4"))
            found["file"] = str(file.uuid)
        if state == "frozen":
            found["tally"] = str(freeze_result(round_id=judged.pk, by=chair, now=NOW).uuid)
            found["decision"] = _announced(call, entries[0], chair)
            found["step"] = call.ceremony_steps.get().pk
        found[state], found[f"{state} entry"] = slug, entries[0].slug
    return found


def _announced(call, entry, chair: User) -> int:
    """Decide the prize `gold` of a call with a frozen result, and plan to announce it. Return the decision."""
    prize = PrizeFactory(call=call, slug="gold")
    choice = Choice("winner", entry.pk)
    decision = decide(prize_id=prize.pk, choice=choice, by=chair, now=NOW)
    open_room(round_id=first_round(call).pk, by=chair, now=NOW)
    later = NOW + dt.timedelta(days=30)
    plan(call_id=call.pk, plan=Plan(later, later), by=chair, now=NOW)
    lay_out(call_id=call.pk, by=chair, now=NOW)
    return decision.pk


def _door(world: World, ours, next_year) -> None:
    checkin_list = CheckinList.objects.filter(edition=ours, day__date=NOW.date()).order_by("pk").first()
    gate = Gate.objects.filter(edition=ours).first()
    other_list = CheckinListFactory(edition=next_year, day=None, slug="all")
    phones = {
        "door team": DeviceFactory(user=world.people["door team"], list=checkin_list, gate=gate),
        "withdrawn phone": DeviceFactory(
            user=world.people["withdrawn phone"], list=checkin_list, gate=gate, revoked_at=NOW
        ),
        "other door": DeviceFactory(
            user=world.people["other door"], list=other_list, gate=GateFactory(edition=next_year)
        ),
    }
    for role, phone in phones.items():
        world.jars[role][access.COOKIE] = access.remember(HttpResponse(), phone).cookies[access.COOKIE].value
    product = Product.objects.filter(edition=ours, checkin_lists=checkin_list).first()
    tickets = [TicketFactory(order__edition=ours, product=product, day=checkin_list.day) for _ in range(2)]
    scan = checkin.Scan(uuid.uuid4(), tickets[1].short_code, Checkin.Source.TYPED)
    scanned = checkin.redeem(
        scan=scan,
        device_id=phones["door team"].pk,
        list_id=checkin_list.pk,
        user=world.people["door team"],
        now=NOW,
    )
    voucher = Voucher.objects.order_by("pk").first()
    VoucherUse.objects.create(voucher=voucher, line=tickets[0].line, cents=0, used_at=NOW)
    Voucher.objects.filter(pk=voucher.pk).update(used=1)
    _guest(world, tickets[1])
    WaitingRoom.objects.create(edition=voucher.edition)  # off
    practice = CheckinListFactory(edition=ours, day=None, slug="essai", is_practice=True)
    world.objects |= {"scan": scanned.scan, "phone": phones["door team"], "practice list": practice}
    world.objects |= {"list": checkin_list, "other list": other_list, "gate": gate, "phones": phones}
    world.objects |= {"order": tickets[0].line.order, "another order": tickets[1].line.order, "ticket": tickets[0]}


def _guest(world: World, ticket) -> None:
    """Somebody who has filled in their own, and answers of the order, one of them a file."""
    order = ticket.line.order
    guest = Guest.objects.create(
        order=order, rank=1, secret="g" * 43, name="Zoé", email="zoe@example.org", language="fr", filled_at=NOW
    )
    type(ticket.line).objects.filter(pk=ticket.line_id).update(guest=guest)
    question = Question.objects.get(edition=order.edition, slug="enfants")
    Answer.objects.create(
        question=question, order=order, value="2", asked=question.text, version=question.version, given_at=NOW
    )
    card = Question.objects.create(
        edition=order.edition, slug="carte", text={"fr": "Votre carte"}, kind="file", subject="order"
    )
    key = filing.key_of("world", "carte.pdf", b"%PDF-1.4 card")
    filing.keep(key=key, content=b"%PDF-1.4 card", name="carte.pdf", ending="pdf", now=NOW)
    answered = Answer.objects.create(
        question=card,
        order=order,
        value=file_answer(key.hex, "carte.pdf"),
        asked=card.text,
        version=card.version,
        given_at=NOW,
    )
    with writing(public=False):
        filing.attach(key=key, to=answered, now=NOW)
    world.objects |= {"guest": guest.secret, "guest token": own_token(guest), "answer that is a file": answered}
    world.objects |= {"order of a guest": order.code}


def _workshops(world: World, ours) -> None:
    """A session that takes bookings, and somebody who waits for another one."""
    workshop = Occurrence.objects.get(edition=ours, session__slug="velos-cargos")
    full = Occurrence.objects.get(edition=ours, session__slug="levain-partage")
    entry = WaitingEntry.objects.create(
        edition=ours,
        occurrence=full,
        product=Product.objects.filter(quotas__occurrence=full).first(),
        secret="w" * 43,
        name="Zoé Martin",
        email="zoe@example.org",
        language="fr",
        created_at=NOW,
    )
    world.objects |= {"workshop": workshop.uuid, "waiting": entry.secret}


def _requests(world: World, ours) -> None:
    """Somebody who asks for a ticket of the pot, and somebody who asks for the press pass, with a file."""
    asked = PotRequest.objects.create(
        edition=ours,
        price=ours.pot.prices.get(),
        places=1,
        name="Zoé Martin",
        email="zoe@example.org",
        language="fr",
        by_hand=True,
        secret="p" * 43,
        created_at=NOW,
    )
    press = Product.objects.select_related("edition").prefetch_related("prices", "days__edition")
    product = press.get(edition=ours, slug="presse")
    basket = Basket(ours, [Item(product, product.prices.all()[0], 0, 1)], uuid.uuid4(), "fr", asks_approval=True)
    key = filing.key_of("world", "carte.pdf", b"%PDF-1.4")
    filing.keep(key=key, content=b"%PDF-1.4", name="carte.pdf", ending="pdf", now=NOW)
    order = applying.apply(
        wanted=Application(basket, Buyer("Zoé Martin", "zoe@example.org", "fr"), "Journaliste", key),
        now=NOW,
        admit=lambda: None,
    )
    world.objects |= {"request to the pot": asked.secret, "pot request": asked, "approval": order.approval}


def _pages(world: World) -> None:
    """A page with a draft in a workflow, a page behind a password, a translated page."""
    home = HomePage.objects.get(locale__language_code="fr")
    page = StandardPage.objects.child_of(home).live().order_by("path").first()
    revision = page.save_revision(user=world.people["admin"])
    workflow = Workflow.objects.first()
    in_workflow = NewsPage.objects.filter(locale__language_code="fr").order_by("path").first()
    in_workflow.save_revision(user=world.people["editor"])
    state = workflow.start(in_workflow, world.people["editor"])
    locked = StandardPage.objects.live().exclude(pk=page.pk).order_by("-path").first()
    restriction = PageViewRestriction.objects.create(page=locked, restriction_type="password", password="sesame")
    translation = Translation.objects.filter(source__in=OverridableSegment.objects.values("source")).first()
    projects = finalists(call_status(now=NOW))
    vote = vote_at(now=NOW).round
    sent = SentBallot.objects.create(round=vote, voter="v", grades={}, sent_at=NOW)
    invited = MemberFactory(entry=Entry.objects.filter(call__slug="at-work-2027").first())
    jury = Call.objects.get(slug="at-work-2027")
    asked = Juror.objects.create(
        call=jury, slug="asked", name="A", sort_name="A", email="a@example.org", state="invited", invited_at=NOW
    )
    world.objects |= {
        "invitation": token_of(invited),
        "invitation to the jury": seat_links.token(asked.uuid),
        "finalist": next(group.entries[0].slug for group in projects if group.entries),
        "link of a ballot": vote_links.token(sent.uuid),
        "call": (call := Call.objects.current()),
        "applicant": Applicant.objects.filter(entries__call=call).first().uuid,
        "call question": QuestionFactory(call=call),
        "extension": Extension.objects.create(call=call, email="late@example.org", until=NOW, reason="Panne."),
        "path of the page": page.url_path.removeprefix(home.url_path),
        "restricted page": locked.pk,
        "redirect": Redirect.objects.first(),
        "workflow": workflow,
        "workflow page": WorkflowPage.objects.first(),
        "task": workflow.workflow_tasks.first().task,
        "editing session": EditingSession.objects.create(
            user=world.people["editor"], content_object=page, last_seen_at=NOW
        ),
        "alias": page.create_alias(update_slug="alias"),
        "translated page": translation.get_target_instance(),
        "home": home,
        "page": page,
        "page revision": revision,
        "page in workflow": in_workflow,
        "workflow state": state,
        "task state": state.current_task_state,
        "restriction": restriction,
        "translation": translation,
        "string segment": StringSegment.objects.filter(source=translation.source).first(),
        "overridable segment": OverridableSegment.objects.filter(source=translation.source).first(),
    }


def _library(world: World) -> None:
    """A picture, a document, a document behind a password, and one of each that is half uploaded."""
    picture = image_factory(uploaded_by_user=world.people["moderator"])
    document = Document.objects.create(title="Plan", file=ContentFile(b"%PDF-1.4", name="plan.pdf"))
    cupboard = Collection.get_first_root_node().add_child(name="Armoire")
    closed = CollectionViewRestriction.objects.create(
        collection=cupboard, restriction_type="password", password="sesame"
    )
    half, half_document = (
        UploadedFile.objects.create(
            file=ContentFile(b"x", name="half.bin"),
            uploaded_by_user=world.people["editor"],
            for_content_type=ContentType.objects.get_for_model(model),
        )
        for model in (FestivalImage, Document)
    )
    world.objects |= {
        "image": picture,
        "rendition": picture.get_rendition("max-200x200").file.name.rsplit("/")[-1],
        "document": document,
        "collection": cupboard,
        "collection restriction": closed,
        "upload": half,
        "document upload": half_document,
        "document name": document.filename,
    }


def _account(world: World) -> None:
    """A passkey, a code generator and recovery codes of one account, which no other may touch."""
    owner = world.people["nobody"]
    world.objects["passkey"] = Authenticator.objects.create(user=owner, type="webauthn", data={"name": "Clé"})
    Authenticator.objects.create(user=owner, type="totp", data={"secret": "x"})
    Authenticator.objects.create(user=owner, type="recovery_codes", data={"seed": "x", "used_mask": 0})


def a_row(model: type[Model]) -> Model:
    """Return a row of that table."""
    row = model._default_manager.order_by("pk").first()
    assert row is not None, f"the world of the matrix has no {model._meta.label}"
    return row
