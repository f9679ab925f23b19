"""Turns a route of the URLconf into an address of a real object, and knows what a browser would post there."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth.tokens import default_token_generator
from django.core.files.base import ContentFile
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from awards.models import Entry, Juror
from festival.documents.images import social_card
from tests.authorisation import Roles, decision
from tests.authorisation_world import World, a_row


@dataclass(frozen=True, slots=True)
class Route:
    """One pattern: its route, its qualified name, the table it is about if it has one."""

    route: str
    name: str
    model: type[Model] | None

    @property
    def in_the_editor(self) -> bool:
        """Whether it is one of the editor's."""
        return self.route.startswith("cms/")

    @property
    def allowed(self) -> Roles | None:
        """Who gets in; None without a decision."""
        return decision(self.name, in_the_editor=self.in_the_editor)


def routes(resolver: URLResolver | None = None, path: str = "", names: tuple[str, ...] = ()) -> Iterator[Route]:
    """Yield every pattern of the URLconf."""
    for item in (resolver or get_resolver()).url_patterns:
        here = path + str(item.pattern)
        if isinstance(item, URLResolver):
            yield from routes(item, here, (*names, item.namespace) if item.namespace else names)
        elif isinstance(item, URLPattern):
            yield Route(here, ":".join((*names, item.name or "")), _model(item, names))


def _model(item: URLPattern, names: tuple[str, ...]) -> type[Model] | None:
    if names and (match := re.fullmatch(r"wagtailsnippet(?:s|choosers)_([a-z]+)_([a-z]+)", names[-1])):
        return apps.get_model(match[1], match[2])
    model = getattr(item.callback, "view_initkwargs", {}).get("model")
    model = model or getattr(getattr(item.callback, "view_class", None), "model", None)
    return model if isinstance(model, type) else None


VARIABLE = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)|\((?!\?)(?:[^()]|\([^()]*\))*\)")


def address(route: Route, world: World, *, edition: int = 2027) -> str:
    """Return the address of a real object under a route; KeyError names a variable that nothing fills."""
    values = _values(route, world, edition)
    unnamed = iter(values.pop("unnamed", ()))
    path = re.sub(r"\^|\$$|\\Z", "", route.route)
    path = VARIABLE.sub(lambda match: str(values[name] if (name := match[1] or match[2]) else next(unnamed)), path)
    keys = {name: row.pk for name, row in world.objects.items() if isinstance(row, Model) and name.isidentifier()}
    return "/" + re.sub(r"\\(.)", r"\1", path) + QUERIES.get(route.name, "").format(**keys)


def _values(route: Route, world: World, edition: int) -> dict[str, Any]:
    values = _common(world) | _of_the_jury(route.name, world, edition)
    if route.model is not None and "pk" not in _OWN.get(route.name, ()):
        values["pk"] = a_row(route.model).pk
    return values | {key: _one(value, world) for key, value in _OWN.get(route.name, {}).items()}


def _common(world: World) -> dict[str, Any]:
    """What a variable means wherever it stands."""
    has, person = world.objects, world.people["nobody"]
    page, half, translation = has["page"].pk, has["upload"].pk, has["translation"]
    return {
        "edition": 2027,
        "name": has["rendition"],
        "slug": has["session"].slug,
        "day": "2027-05-05",
        "version": has["version"],
        "code": has["order"].code,
        "secret": has["order"].secret,
        "uidb36": "1",
        "key": "a-key",
        "uidb64": urlsafe_base64_encode(force_bytes(person.pk)),
        "token": default_token_generator.make_token(person),
        "page_id": page,
        "parent_page_id": has["home"].pk,
        "page_to_move_id": page,
        "page_pk": has["workflow page"].page_id,
        "workflow_pk": has["workflow page"].workflow_id,
        "destination_id": has["home"].pk,
        "revision_id": has["page revision"].pk,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "task_state_id": has["task state"].pk,
        "workflow_state_id": has["workflow state"].pk,
        "task_id": has["task"].pk,
        "action_name": "approve",
        "content_type_app_name": "festival",
        "content_type_model_name": "standardpage",
        "collection_id": has["collection"].pk,
        "redirect_id": has["redirect"].pk,
        "image_id": has["image"].pk,
        "document_id": has["document"].pk,
        "doc_id": has["document"].pk,
        "uploaded_file_id": half,
        "filter_spec": "original",
        "object_id": page,
        "session_id": has["editing session"].pk,
        "app_label": "festival",
        "model_name": "standardpage",
        "app_name": "festival",
        "translation_id": translation.pk,
        "translation_source_id": translation.source_id,
        "string_segment_id": has["string segment"].pk,
        "overridable_segment_id": has["overridable segment"].pk,
        "mode": "default",
        "page_view_restriction_id": has["restriction"].pk,
        "restriction_id": has["collection restriction"].pk,
    }


AFTER_THE_COUNT = (
    "jury-seat",
    "jury-room",
    "jury-wall",
    "jury-minutes",
    "jury-decisions",
    "jury-prize",
    "jury-announcement",
    "jury-ceremony",
    "jury-running-order",
    "jury-stage",
    "jury-certificates",
    "jury-feedback",
)


def _of_the_jury(name: str, world: World, edition: int) -> dict[str, Any]:
    jury = world.juries[edition]
    if not name.startswith("jury-"):
        return {}
    of_the_result = {"jury-dossier": "frozen", "jury-publication": "frozen"}
    state = {**of_the_result, "jury-decide": "level", "jury-freeze": "level"}.get(name, "at work")
    if name in {"jury-chair", "jury-chair-entry", "jury-cards", "jury-ranking"} or name.startswith(AFTER_THE_COUNT):
        state = "frozen"
    slug = {"jury-chair-juror": "juror", "jury-prize": "gold", "jury-prize-undo": "gold"}.get(name)
    slug = slug or jury[f"{state} entry"]
    numbered = {"jury-conflict": "conflict", "jury-ceremony-step": "step"}.get(name, f"{state} pair")
    found = {"call_slug": jury[state], "slug": slug, "uuid": jury["tally"], "pk": jury[numbered]}
    return found | {"number": 1, "order": 1, "file": jury["file"], "suffix": "csv"}


_CALL = {"call": "at-work-2027"}
_APPLICATION = _CALL | {"entry": uuid.UUID(int=1)}
# Addresses whose variables mean something of their own: a value, or after @ an object of the world.
_OWN: dict[str, dict[str, Any]] = {
    "week-css": {"name": "@sheet"},
    "apply": _CALL,
    "apply-sign-out": _CALL,
    "apply-kept": _CALL,
    "apply-me": _CALL,
    "apply-join": _CALL | {"token": "@invitation"},
    "apply-entry": _APPLICATION,
    "apply-draft": _APPLICATION,
    "apply-status": _APPLICATION,
    "apply-withdraw": _APPLICATION,
    "apply-receipt": _APPLICATION,
    "apply-certificate": _APPLICATION,
    "apply-feedback": _APPLICATION,
    "awards-certificate": {"number": "1F0C-93AB-77D2"},
    "apply-members": _APPLICATION,
    "apply-file": _APPLICATION | {"file": uuid.UUID(int=2)},
    "program-grid": {"name": "@hash"},
    "social-card": {"signed": social_card.sign(social_card.Card("Une page", "Fête", "1–7 mai", "#fbd226", "star"))},
    "app-icon": {"size": 192},
    "app-icon-maskable": {"size": 512},
    "touch-icon-of-kind": {"kind": "120x120-precomposed"},
    "program-speaker": {"slug": "@speaker"},
    "awards-project": {"slug": "@finalist"},
    "awards-invitation": {"token": "@invitation to the jury"},
    "awards-vote-confirm": {"token": "@link of a ballot"},
    "wagtail_serve": {"unnamed": ["@path of the page"]},
    "wagtaildocs_serve": {"unnamed": ["@document", "@document name"]},
    "wagtailcore_authenticate_with_password": {"page_id": "@restricted page"},
    "mfa_remove_webauthn": {"pk": "@passkey"},
    "mfa_edit_webauthn": {"pk": "@passkey"},
    "wagtailadmin_api:pages:detail": {"pk": "@page"},
    "wagtailadmin_api:pages:action": {"pk": "@page", "action_name": "copy"},
    "wagtailadmin_api:documents:detail": {"pk": "@document"},
    "wagtailadmin_api:images:detail": {"pk": "@image"},
    "wagtail_bulk_action": {"app_label": "wagtailcore", "model_name": "page", "action": "publish"},
    "wagtailadmin_pages:workflow_action": {"page_id": "@page in workflow"},
    "wagtailadmin_pages:collect_workflow_action_data": {"page_id": "@page in workflow"},
    "wagtailadmin_pages:confirm_workflow_cancellation": {"page_id": "@page in workflow"},
    "wagtailadmin_pages:workflow_preview": {"page_id": "@page in workflow"},
    "wagtailadmin_pages:workflow_history": {"page_id": "@page in workflow"},
    "wagtailadmin_pages:workflow_history_detail": {"page_id": "@page in workflow"},
    "wagtailadmin_pages:revisions_compare": {"pk": "@page"},
    "wagtailadmin_pages:choose_parent": {"app_label": "festival", "model_name": "standardpage"},
    "wagtailadmin_collections:edit": {"pk": "@collection"},
    "wagtailadmin_collections:delete": {"pk": "@collection"},
    "wagtailadmin_workflows:usage": {"pk": "@workflow"},
    "wagtailadmin_workflows:usage_results": {"pk": "@workflow"},
    "wagtailadmin_workflows:enable": {"pk": "@workflow"},
    "wagtailadmin_workflows:edit_task": {"pk": "@task"},
    "wagtailadmin_workflows:enable_task": {"pk": "@task"},
    "wagtailadmin_workflows:add_task": {"app_label": "wagtailcore", "model_name": "groupapprovaltask"},
    "wagtailadmin_editing_sessions:ping": {"app_label": "wagtailcore", "model_name": "page"},
    "wagtailadmin_tag_model_autocomplete": {"app_name": "taggit", "model_name": "tag"},
    "wagtail_localize:submit_snippet_translation": {"app_label": "program", "model_name": "session", "pk": "@session"},
    "wagtail_localize:snippets_api_listing": {"app_label": "program", "model_name": "session"},
    "wagtail_localize:snippets_api_detail": {"app_label": "program", "model_name": "session", "pk": "@session"},
    "wagtailsnippets_program_session:revisions_view": {"revision_id": "@session revision"},
    "wagtailsnippets_program_session:revisions_revert": {"revision_id": "@session revision"},
    "wagtailsnippets_program_session:revisions_unschedule": {"revision_id": "@session revision"},
    "wagtailsnippets_texts_stall:revisions_view": {"revision_id": "@stall revision"},
    "wagtailsnippets_texts_stall:revisions_revert": {"revision_id": "@stall revision"},
    "wagtailsnippets_texts_stall:revisions_unschedule": {"revision_id": "@stall revision"},
    "wagtailimages_chooser:chosen": {"pk": "@image"},
    "wagtaildocs:create_multiple_from_uploaded_document": {"uploaded_file_id": "@document upload"},
    "wagtaildocs:delete_upload_multiple": {"uploaded_file_id": "@document upload"},
    "wagtailadmin_pages:convert_alias": {"page_id": "@alias"},
    "wagtail_localize:convert_to_alias": {"page_id": "@translated page"},
    "wagtaildocs_chooser:chosen": {"pk": "@document"},
    "mails:send_again": {"pk": "@mail"},
    "tickets-order-confirm": {"token": "@confirmation"},
    "tickets-workshop": {"uuid": "@workshop"},
    "tickets-order-workshop": {"uuid": "@workshop"},
    "tickets-waiting": {"secret": "@waiting"},
    "tickets-request": {"slug": "presse"},
    "tickets-solidarity-request": {"secret": "@request to the pot"},
    "call:ballots": {"pk": "@call"},
    "call:ready": {"pk": "@call"},
    "call:jury": {"pk": "@call"},
    "call:preview": {"pk": "@call"},
    "call:care": {"pk": "@call"},
    "call:export": {"pk": "@call", "slug": "assignments", "suffix": "csv"},
    "call:person": {"pk": "@call", "uuid": "@applicant"},
    "call:screen": {"pk": "@call"},
    "call:usual_rounds": {"pk": "@call"},
    "call-questions:renew": {"pk": "@call question"},
    "approvals:accept": {"pk": "@approval"},
    "approvals:refuse": {"pk": "@approval"},
    "approvals:file": {"pk": "@approval"},
    "answers:file": {"pk": "@answer that is a file"},
    "pot-requests:grant": {"pk": "@pot request"},
    "pot-requests:refuse": {"pk": "@pot request"},
    "session-places": {"pk": "@session"},
    "statements:line": {"pk": "@line of a statement"},
    "tickets-found": {"token": "@link of a search"},
    "tickets-found-order": {"token": "@link of a search"},
    "tickets-found-guest": {"token": "@link of the search of a guest", "code": "@order of a guest", "rank": 1},
    "tickets-tell-me": {"slug": "pass-fest"},
    "tickets-alert-confirm": {"secret": "@secret of an alert"},
    "tickets-alert-stop": {"secret": "@secret of an alert"},
    "tickets-guest": {"secret": "@guest"},
    "tickets-guest-mail": {"secret": "@guest"},
    "tickets-guest-own": {"secret": "@guest", "token": "@guest token"},
    "tickets-guest-rename": {"secret": "@guest", "token": "@guest token"},
    "tickets-guest-pdf": {"secret": "@guest", "token": "@guest token"},
    "tickets-guest-ics": {"secret": "@guest", "token": "@guest token"},
    "tickets-ticket-cancel": {"number": "@ticket number"},
    "tickets-ticket-rename": {"number": "@ticket number"},
    "tickets-ticket-pass-on": {"number": "@ticket number"},
    "order:received": {"pk": "@order"},
    "order:answers": {"pk": "@order"},
    "order:refund": {"pk": "@order"},
    "order:refund_sent": {"pk": "@refund"},
    "order:request": {"pk": "@wish"},
    "order:give": {"pk": "@order"},
    "order:clarify": {"pk": "@refund made elsewhere"},
    "order:note": {"pk": "@order"},
    "order:resend": {"pk": "@order"},
    "tickets-ticket-add": {"number": "@ticket number"},
    "scans:undo": {"pk": "@scan"},
    "door-phones:withdraw": {"pk": "@phone"},
    "door-phones:allow": {"pk": "@phone"},
    "checkin-lists:clear": {"pk": "@practice list"},
    "wagtailsettings:edit": {"pk": 1},
    "wagtailsettings:preview_on_edit": {"pk": 1},
    "wagtailusers_users:delete": {"pk": "@account to delete"},
}


# What stands behind the question mark where an address asks for it.
QUERIES = {
    "wagtailadmin_api:pages:find": "?id={page}",
    "wagtailadmin_api:documents:find": "?id={document}",
    "wagtailadmin_api:images:find": "?id={image}",
    "wagtail_bulk_action": "?id={page}",
}


def _one(value: Any, world: World) -> Any:
    if isinstance(value, list):
        return [_one(each, world) for each in value]
    if not (isinstance(value, str) and value.startswith("@")):
        return value
    found = world.objects[value[1:]]
    return found.pk if isinstance(found, Model) else found


def posted(name: str, world: World, *, edition: int = 2027) -> dict[str, Any] | None:
    """Return what a browser sends to one of our own addresses; None where the page has its own form or none."""
    has, jury = world.objects, world.juries[edition]
    scan = {"id": str(uuid.uuid4()), "list": has["list"].pk, "source": "typed", "code": has["ticket"].short_code}
    card = {"version": 0, "mark-impact": 4, "mark-spread": 3, "comment": "Solide."}
    return {
        "tickets-office": {
            "product": has["ticket"].line.product.slug,
            "form_token": uuid.uuid4(),
            "day": has["ticket"].line.day.date,
            "name": "Zoé Martin",
            "email": "zoe@example.org",
            "places": 1,
        },
        "tickets-workshop": {"form_token": uuid.uuid4(), "name": "Zoé Martin", "email": "zoe@example.org", "places": 1},
        "tickets-solidarity": {
            "form_token": uuid.uuid4(),
            "which": f"{has['pot request'].price_id}-0",
            "name": "Zoé Martin",
            "email": "zoe@example.org",
            "places": 1,
        },
        "approvals:refuse": {"reason": "Sans carte."},
        "pot-requests:refuse": {"reason": "Complet."},
        "tickets-order-address": {"email": "zoe@example.org"},
        "tickets-find": {"email": "zoe@example.org"},
        "tickets-tell-me": {"email": "zoe@example.org"},
        "tickets-ticket-rename": {"name": "Zoé Martin"},
        "tickets-guest-rename": {"name": "Zoé Martin"},
        "tickets-ticket-pass-on": {"name": "Zoé Martin", "email": "zoe@example.org"},
        "scan-setup": {"checkin_list": has["list"].pk, "gate": has["gate"].pk, "device_name": "Téléphone"},
        "scan-door": scan,
        "scan-redeem": scan,
        "scan-switch": {"list": has["list"].pk},
        "scan-undo-page": {"id": str(uuid.uuid4()), "scan": str(has["scan"].pk), "list": has["list"].pk},
        "scan-undo": {"id": str(uuid.uuid4()), "scan": str(has["scan"].pk), "list": has["list"].pk},
        "scan-find-page": {"list": has["list"].pk, "words": "martin"},
        "scan-find": {"list": has["list"].pk, "words": "martin"},
        "jury-autosave": card,
        "jury-entry": card | {"submit": "1"},
        "jury-recuse": {"reason": "Je connais l’équipe."},
        "jury-flag": {"flag": "Un fichier ne s’ouvre pas."},
        "jury-abstain": {"reason": "Hors de ce que je connais."},
        "jury-conflicts": {
            "juror": Juror.objects.get(call__slug=jury["at work"], slug="juror").pk,
            "entry": Entry.objects.get(slug=jury["at work entry"]).pk,
            "tie": "personal",
            "reason": "Parents.",
        },
        "jury-conflict": {"reason": "Un homonyme."},
        "jury-freeze": {"when": "later"},
        "jury-publication": {"when": "later"},
        "jury-give-on": {"juror": Juror.objects.get(call__slug=jury["at work"], slug="chair").pk},
        "jury-remind": {"jurors": [Juror.objects.get(call__slug=jury["at work"], slug="juror").pk]},
        "jury-seat": {"do": "come"},
        "jury-room": {"do": "add", "text": "Autre"},
        "jury-share-out": {},
        "jury-grid": {"count": "1"},
        "jury-ballots": {"when": "later"},
        "jury-ballots-publication": {"when": "later"},
        "jury-prize": {"kind": "winner", "entry": Entry.objects.get(slug=jury["frozen entry"]).pk},
        "jury-prize-undo": {"decision": jury["decision"], "reason": "Erreur."},
        "jury-announcement": {"tell_at": "2030-01-01 10:00", "publish_at": "2030-01-02 10:00"},
        "jury-announcement-withdraw": {"notice": ""},
        "jury-ceremony": {"do": "lay_out"},
        "jury-ceremony-step": {"presenter": "Zoé Martin"},
        "jury-stage": {},
        "jury-feedback": {"do": "release"},
        "jury-feedback-round": {"do": "release"},
        "jury-stage-scene": {},
        "jury-decide": {
            "first": Entry.objects.get(call__slug=jury["level"], slug=jury["level entry"]).uuid,
            "reason": "Plus utile.",
        },
        "wagtailadmin_choose_page_external_link": {"external-link-chooser-url": "https://example.org/"},
        "wagtail_localize:upload_pofile": {"file": ContentFile(b"", name="page.po")},
        "wagtail_localize:edit_string_translation": {"value": "Un mot"},
        "wagtail_localize:edit_override": {"value": "Un mot"},
        "wagtailadmin_api:pages:action": {"title": "Copie"},
        "wagtailcore_authenticate_with_password": {"password": "sesame", "return_url": "/fr/"},
        "wagtaildocs_authenticate_with_password": {"password": "sesame", "return_url": "/fr/"},
    }.get(name)
