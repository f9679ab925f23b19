"""A second edition beside the demo week: a copy of every row of 2027, a year later, in words that are found again.

Built from the models themselves, so that a table or a field that is added tomorrow is in it: whatever leads to an
edition is copied, every text of the copy begins with `canari2028-` and says of which model and field it is.
"""

import uuid
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Model

from festival.core.writing import writing
from festival.models import Edition, User
from festival.text.translated import TranslatedCharField, TranslatedTextField
from program.release.publishing import release_programme
from tickets.delivery import signing, tokens
from tickets.models import Order

OURS, NEXT = "canari2027", "canari2028"
A_YEAR = timedelta(days=366)  # from the first of May 2027 to that of 2028
APPS = ("festival", "program", "tickets", "awards")
TRANSLATED = (TranslatedCharField, TranslatedTextField)
# Tables of an edition that actions write, and that a copy would falsify.
BY_ACTION = {
    "festival.AuditEntry": "is sealed into a chain",
    "festival.OutgoingMail": "was sent to somebody",
    "program.Release": "is made by releasing",
    "program.ImportedProgramme": "is made by importing",
    "tickets.SigningKey": "is made with the edition",
    "tickets.Checkin": "is a scan that somebody made",
    "tickets.Payment": "is begun by a buyer",
    "tickets.RefundRequest": "is asked by a holder",
    "tickets.OrderNote": "is written by somebody of the office",
    "tickets.Refund": "is begun with the fact that owes it",
    "tickets.LedgerTransaction": "is posted with a fact of money",
    "tickets.LedgerEntry": "is posted with a fact of money",
    "tickets.Pot": "is filled by gifts",
    "tickets.PotRequest": "was asked for",
    "tickets.Approval": "was asked for",
    "tickets.SentFile": "was sent with a request or an answer",
    "tickets.StatementLine": "is a credit of a bank's file",
    "tickets.VoucherUse": "is made with a sale",
    "tickets.Reserve": "is kept with its code",
    "tickets.Answer": "was given by a buyer or a holder",
    "tickets.Guest": "is made with a sale",
    "tickets.Invoice": "has a number in a series of the year",
    "awards.EntryRevision": "was sent in and is hashed",
    "awards.EntryFile": "was sent in and is hashed",
    "awards.AssignmentBatch": "is made by proposing",
    "awards.EntryDraft": "was typed by an applicant",
    "awards.EntryMember": "was invited by an applicant",
    "awards.EntryReminder": "is made with the mail",
    "awards.Scorecard": "was written by a juror",
    "awards.Score": "was written by a juror",
    "awards.ScoreChange": "was written by a juror",
    "awards.CardComment": "was written by a juror",
    "awards.ReadingNote": "was written by a juror",
    "awards.FinishedRound": "was said by a juror",
    "awards.JuryBallot": "was cast by a juror",
    "awards.BallotLine": "was cast by a juror",
    "awards.BallotVersion": "was cast by a juror",
    "awards.PairAnswer": "was given by a juror",
    "awards.CastingVote": "was cast by a chair",
    "awards.Tally": "is made by freezing",
    "awards.TallyRow": "is made by freezing",
    "awards.Deliberation": "was held by a jury",
    "awards.AgendaItem": "was spoken of by a jury",
    "awards.Presence": "is who was in the room",
    "awards.Motion": "was voted on by a jury",
    "awards.MotionVoter": "was cast by a juror",
    "awards.MotionBallot": "was cast by a juror",
    "awards.PublicBallot": "was cast by a voter",
    "awards.PublicGrade": "was cast by a voter",
    "awards.SentBallot": "was sent by a voter",
    "awards.Decision": "was taken by a jury",
    "awards.Announcement": "was sent to applicants",
    "awards.AnnouncementLetter": "was sent to an applicant",
    "awards.CeremonyStep": "was arranged by a chair",
    "awards.FinalistLetter": "was sent to an applicant",
    "awards.FeedbackRelease": "was sent to applicants",
    "awards.FeedbackComment": "was let through by a chair",
    "awards.Screening": "was decided by a screener",
    "awards.ScreeningLetter": "was sent to an applicant",
}
# Texts that are codes: a word in their place would not be read.
CODES = {
    "Series.kind", "Order.language", "Ticket.short_code", "Invoice.currency", "Answer.value", "Juror.languages",
    "Entry.language", "Entry.country", "Juror.country", "Edition.country", "Edition.currency", "Venue.country",
    "Book.language", "Call.rules_version", "Session.language", "Track.icon", "Section.icon", "OrderLine.currency",
    "Voucher.code", "Voucher.folded", "WaitingRoom.seed", "QuestionOption.slug", "Product.currency", "Order.currency",
    "Question.depends_on", "Question.depends_options", "Question.file_kinds", "Call.languages", "RulesVersion.version",
    "Call.jury_terms_version", "Juror.mail_language",
}  # fmt: skip
# What is open already in 2027 is open for 2028 too, so that nothing is hidden by its date alone.
ALREADY_OPEN = {"sale_opens", "opens", "announced_at"}


@cache
def of_an_edition() -> list[type[Model]]:
    """Return every table of ours whose rows belong to an edition, those that others point to first."""
    found: list[type[Model]] = [Edition]
    waiting = [model for name in APPS for model in apps.get_app_config(name).get_models() if model is not Edition]
    while grown := [
        model
        for model in waiting
        if any(field.related_model in found for field in _keys(model))
        and not any(
            field.related_model in waiting and _leads(field.related_model) and not _is_circle(model, field)
            for field in _keys(model)
        )
    ]:
        found += grown
        waiting = [model for model in waiting if model not in grown]
    return found


def _is_circle(model: Any, field: Any) -> bool:
    """Tell whether an optional key leads to a table that cannot be without this one: a ticket needs its line."""
    return field.null and model in {key.related_model for key in _keys(field.related_model) if not key.null}


def _leads(model: Any) -> bool:
    """Tell whether a table belongs to an edition, by whatever way."""
    return _leads_by(model, set())


def _leads_by(model: Any, seen: set[Any]) -> bool:
    if model is Edition:
        return True
    if model in seen or model._meta.app_label not in APPS:
        return False
    return any(_leads_by(field.related_model, seen | {model}) for field in _keys(model) if not field.null)


def _keys(model: Any) -> Iterator[Any]:
    return (f for f in model._meta.concrete_fields if f.is_relation and f.related_model not in (None, model))


def word(canary: str, model: type[Model], field: Any) -> str:
    """Return the word that stands in a text of that table."""
    return f"{canary}-{model._meta.model_name}-{field.name.replace('_', '')}"


@cache
def texts(model: type[Model]) -> list[Any]:
    """Return the fields of a table that hold words of people."""
    return [f for f in model._meta.concrete_fields if _is_text(f) and f"{model.__name__}.{f.name}" not in CODES]


def _is_text(field: Any) -> bool:
    is_words = isinstance(field, (models.CharField, models.TextField, *TRANSLATED))
    return is_words and not (field.choices or isinstance(field, models.UUIDField) or "colour" in field.name)


def prepare() -> Edition:
    """Copy 2027 into 2028, which nobody sees yet, and release its programme."""
    ours = Edition.objects.get(number=2027)
    copies: dict[tuple[type[Model], Any], Model] = {}
    for model in of_an_edition():
        if model._meta.label not in BY_ACTION:
            for row in list(model._default_manager.order_by("pk")):
                _copy(row, copies)
    for model in of_an_edition():
        for field in model._meta.many_to_many:
            if field.remote_field.through._meta.auto_created:
                _copy_list(model, field, copies)
    for row in copies.values():
        _close_circles(row, copies)
    made = copies[(Edition, ours.pk)]
    assert isinstance(made, Edition)
    # Payments are not copied, so whatever cost something was not paid in time.
    costly = Order.objects.filter(edition=made, total_cents__gt=0)
    costly.update(state=Order.State.EXPIRED, expires_at=_at("2027-05-01T08:00"))
    signing.ensure_key(edition=made, now=_at("2027-05-01T08:00"))
    release_programme(edition=made, now=_at("2027-05-01T08:00"), version=f"{NEXT}-release-version")
    return made


def _at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


def _copy(row: Model, copies: dict[tuple[type[Model], Any], Model]) -> None:
    model = type(row)
    old = row.pk
    for field in model._meta.concrete_fields:
        value = getattr(row, field.attname)
        if field.primary_key:
            setattr(row, field.attname, uuid.uuid4() if isinstance(field, models.UUIDField) else None)
        elif field.is_relation:
            _point(row, field, copies)
        elif value not in (None, "", {}, []):
            setattr(row, field.attname, _changed(model, field, value, old))
    row._state.adding = True
    if isinstance(row, Edition):
        row.number, row.is_current = 2028, False
    models.Model.save(row, force_insert=True)
    copies[(model, old)] = row


def _point(row: Model, field: Any, copies: dict[tuple[type[Model], Any], Model]) -> None:
    target = copies.get((field.related_model, getattr(row, field.attname)))
    if target is not None:
        setattr(row, field.name, target)
    elif field.related_model is User and getattr(row, field.attname) is not None:
        key = getattr(row, field.attname)
        # An account belongs to no edition, so its name is no secret of one.
        person = User.objects.get_or_create(email=f"colleague-{key}@example.org")[0]
        setattr(row, field.name, person)
        copies[(User, key)] = person


def _close_circles(row: Model, copies: dict[tuple[type[Model], Any], Model]) -> None:
    """Point the copy at a copy that was made after it, or at one of its own table."""
    for field in row._meta.concrete_fields:
        within = field.is_relation and (field.related_model is type(row) or _is_circle(type(row), field))
        if within and getattr(row, field.attname) is not None:
            _point(row, field, copies)
            type(row)._base_manager.filter(pk=row.pk).update(**{field.attname: getattr(row, field.attname)})


def _changed(model: type[Model], field: Any, value: Any, key: Any) -> Any:
    """Return what the copy says in place of `value`."""
    if isinstance(field, models.UUIDField):
        return uuid.uuid4()
    if f"{model.__name__}.{field.name}" == "Ticket.short_code":
        return tokens.short_code(uuid.uuid4().int % tokens.SHORT_CODES)
    if field in texts(model):
        return _words(word(NEXT, model, field), field, key)
    if isinstance(value, datetime | date) and field.name not in ALREADY_OPEN:
        return value + A_YEAR
    return value


def _words(said: str, field: Any, key: Any) -> Any:
    makers: dict[type[Any], Callable[[], Any]] = {
        models.EmailField: lambda: f"{said}-{key}@example.org",
        models.URLField: lambda: f"https://{said}-{key}.example.org/",
        models.SlugField: lambda: f"{said}-{key}",
    }
    if isinstance(field, TRANSLATED):
        return {code: f"{said}-{code} {key}"[: field.max_length] for code, _name in settings.LANGUAGES}
    return next((make() for kind, make in makers.items() if isinstance(field, kind)), f"{said} {key}")


def _copy_list(model: type[Model], field: Any, copies: dict[tuple[type[Model], Any], Model]) -> None:
    for (owner, old), copy in copies.items():
        if owner is model:
            rows = getattr(model._default_manager.get(pk=old), field.name).all()
            getattr(copy, field.name).set([copies.get((type(row), row.pk), row) for row in rows])


def mark_ours() -> None:
    """Put a word that is found again into every text of one row of each table of 2027, and release that programme."""
    for model in of_an_edition():
        row = model._default_manager.order_by("pk").first() if model._meta.label not in BY_ACTION else None
        values = {f.name: _marked(model, f, getattr(row, f.name)) for f in texts(model)} if row else {}
        values = {name: value for name, value in values.items() if value}
        if values:
            model._base_manager.filter(pk=row.pk).update(**values)  # type: ignore[union-attr]
    ours = Edition.objects.get(number=2027)
    release_programme(edition=ours, now=_at("2027-05-01T07:00"), version="canari2027-release-version")


def _marked(model: type[Model], field: Any, value: Any) -> Any:
    """Return the text with the word behind it; addresses stay."""
    if not value or isinstance(field, models.SlugField | models.EmailField | models.URLField) or field.unique:
        return None
    said = word(OURS, model, field)
    if isinstance(field, TRANSLATED):
        return {code: _fitting(f"{text} {said}-{code}", said, field) for code, text in value.as_dict().items()}
    return _fitting(f"{value} {said}", said, field)


def _fitting(text: str, said: str, field: Any) -> str:
    return text if field.max_length is None or len(text) <= field.max_length else said[: field.max_length]


def way_to_edition(model: type[Model]) -> str:
    """Return the lookup from a row of that table to its edition, such as `call__edition`."""
    ways = sorted(_keys(model), key=lambda field: bool(field.null))
    for way in ways:
        if way.related_model is Edition:
            return str(way.name)
    way = next(way for way in ways if way.related_model in of_an_edition())
    return f"{way.name}__{way_to_edition(way.related_model)}"


def make_current(edition: Edition) -> None:
    """Show that edition on the site, in place of the one before."""
    with writing(public=True):
        Edition.objects.filter(is_current=True).update(is_current=False)
        Edition.objects.filter(pk=edition.pk).update(is_current=True)
