"""The decision for every address: who gets in. `tests/test_authorisation.py` tries them all.

An address is decided by its name in `DECISIONS`. Those of the editor (`cms:…`) are many and alike, so they are decided
by their screen (`SCREENS`, `LIBRARIES`) and by what they do to it (`NEEDS`); single ones stand in `DECISIONS` too.
"""

import re
from dataclasses import dataclass

type Roles = frozenset[str]

# `juror` and `chair` sit in the jury of 2027, `other juror` and `other chair` in that of 2028.
JURORS = frozenset({"juror", "chair"})
OTHER_JURORS = frozenset({"other juror", "other chair"})
DOORS = frozenset({"door team", "withdrawn phone", "other door"})
OFFICES = frozenset({"ticket office", "jury office", "editor", "moderator"})
SIGNED_IN = JURORS | OTHER_JURORS | DOORS | OFFICES | {"nobody", "admin"}
EVERYBODY = SIGNED_IN | {"anonymous"}
STAFF = OFFICES | {"admin"}
NO_ONE: Roles = frozenset()

WHO: dict[str, Roles] = {
    "public": EVERYBODY,
    "secret": EVERYBODY,  # whoever knows the secret in the address; a wrong one is tried as well
    "mailed": EVERYBODY,  # whoever knows the secret of a link that a mail brought; a wrong one is tried as well
    "signed in": SIGNED_IN,
    "owner": frozenset({"nobody"}),  # what belongs to this account, and does not exist for another
    "uploader": frozenset({"editor"}),
    "half way": EVERYBODY,  # steps of signing in, which send away whoever did not begin it
    "staff": STAFF,
    "door": DOORS | {"admin"},
    "phone": frozenset({"door team", "other door"}),  # one that is set up, and not withdrawn
    "phone of the list": frozenset({"door team"}),
    "jury": JURORS | OTHER_JURORS | {"jury office", "admin"},
    "juror": JURORS,
    "chair": frozenset({"chair", "jury office", "admin"}),
    "calls": frozenset({"moderator", "jury office", "admin"}),
    "jury office": frozenset({"jury office", "admin"}),
    "release": frozenset({"moderator", "admin"}),
    "pages": frozenset({"editor", "moderator", "admin"}),
    "publish": frozenset({"moderator", "admin"}),
    "shop": frozenset({"moderator", "ticket office", "admin"}),
    "till": frozenset({"ticket office", "admin"}),
    "admin": frozenset({"admin"}),
    "no one": NO_ONE,
}

DECISIONS = {
    # Everybody
    "root": "public",
    "home": "public",
    "healthz": "public",
    "readyz": "public",
    "robots": "public",
    "rendition": "public",
    "social-card": "public",
    "favicon": "public",
    "webmanifest": "public",
    "app-icon": "public",
    "app-icon-maskable": "public",
    "touch-icon": "public",
    "touch-icon-of-kind": "public",
    "news-feed": "public",
    "sitemap": "public",
    "week-css": "public",
    "wagtail_serve": "public",
    "wagtailcore_authenticate_with_password": "public",
    "wagtailcore_login": "half way",
    "wagtaildocs_serve": "public",
    "wagtaildocs_authenticate_with_password": "public",
    # The programme
    "program-archive": "public",
    "program-home": "public",
    "program-day": "public",
    "program-session": "public",
    "program-speakers": "public",
    "program-speaker": "public",
    "program-live": "public",
    "program-live-short": "public",
    "program-schedule": "public",
    "program-schedule-schema": "public",
    "program-schedule-version": "public",
    "program-calendar": "public",
    "program-session-calendar": "public",
    "program-grid": "public",
    # The ticket office; an order's pages are opened by the secret in their address, not by a sign-in
    "tickets-office": "public",
    "tickets-basket": "public",
    "tickets-places": "public",
    "tickets-waiting-room": "public",
    "tickets-order": "secret",
    "tickets-order-details": "secret",
    "tickets-order-pay": "secret",
    "tickets-order-paid": "secret",
    "tickets-order-pdf": "secret",
    "tickets-order-ics": "secret",
    "tickets-order-mail": "secret",
    "tickets-order-address": "secret",
    "tickets-order-confirm": "secret",
    "tickets-order-cancel": "secret",
    "tickets-order-booking": "secret",
    "tickets-order-workshops": "secret",
    "tickets-order-workshop": "secret",
    "tickets-request": "public",
    "tickets-solidarity": "public",
    "tickets-solidarity-request": "secret",
    "tickets-workshop": "public",
    "tickets-waiting": "secret",
    "tickets-order-answers": "secret",
    "tickets-guest": "secret",
    "tickets-guest-mail": "secret",
    "tickets-guest-own": "secret",
    "tickets-guest-rename": "secret",
    "tickets-guest-pdf": "secret",
    "tickets-guest-ics": "secret",
    "tickets-order-number": "secret",
    "tickets-ticket-add": "secret",
    "tickets-ticket-cancel": "secret",
    "tickets-ticket-rename": "secret",
    "tickets-ticket-pass-on": "secret",
    "tickets-keys": "public",
    "tickets-stripe-events": "public",  # whoever signs as Stripe does; everybody else is answered 404 or 400
    "tickets-find": "public",
    "tickets-found": "mailed",
    "tickets-found-order": "mailed",
    "tickets-found-guest": "mailed",
    "tickets-tell-me": "public",
    "tickets-alert-confirm": "mailed",
    "tickets-alert-stop": "public",  # who is on no list any more is answered the same
    # Signing in
    "account_login": "public",
    "account_logout": "public",
    "account_inactive": "public",
    "account_signup": "public",
    "account_email_verification_sent": "half way",
    "account_reset_password": "public",
    "account_reset_password_done": "public",
    "account_reset_password_from_key": "public",
    "account_reset_password_from_key_done": "public",
    "account_request_login_code": "public",
    "account_confirm_login_code": "half way",
    "mfa_authenticate": "half way",
    "mfa_login_webauthn": "half way",
    # One's own account
    "account-home": "signed in",
    "account-mail-code": "signed in",
    "account_reauthenticate": "half way",
    "account_email": "signed in",
    "account_change_password": "signed in",
    "account_set_password": "signed in",
    "mfa_index": "signed in",
    "mfa_reauthenticate": "half way",
    "mfa_activate_totp": "signed in",
    "mfa_deactivate_totp": "owner",
    "mfa_view_recovery_codes": "owner",
    "mfa_generate_recovery_codes": "signed in",
    "mfa_download_recovery_codes": "owner",
    "mfa_list_webauthn": "signed in",
    "mfa_add_webauthn": "signed in",
    "mfa_reauthenticate_webauthn": "half way",
    "mfa_remove_webauthn": "owner",
    "mfa_edit_webauthn": "owner",
    # The door
    "scan-setup": "door",
    "scan-door": "phone",
    "scan-switch": "phone of the list",
    "scan-undo-page": "phone",
    "scan-find-page": "phone",
    "scan-find": "phone",
    "scan-undo": "phone",
    "scan-redeem": "phone of the list",
    "scan-status": "phone",
    # The awards: finalists for everybody, the rest for the jury of the call in the address
    "awards-projects": "public",
    "awards-project": "public",
    "apply": "public",
    "apply-sign-out": "public",
    "apply-join": "mailed",
    "awards-invitation": "mailed",
    "apply-kept": "half way",
    "apply-me": "half way",  # whoever has proved no address is sent to do so; projects of others are not there
    "apply-entry": "half way",
    "apply-draft": "half way",
    "apply-status": "half way",
    "apply-withdraw": "half way",
    "apply-receipt": "half way",
    "apply-certificate": "half way",
    "apply-feedback": "half way",
    "apply-members": "half way",
    "apply-file": "half way",
    "jury-file": "juror",
    "awards-results": "public",
    "awards-certificates": "public",
    "awards-certificate": "public",
    "awards-call": "public",
    "awards-vote": "public",
    "awards-vote-confirm": "public",
    "jury": "jury",
    "jury-home": "juror",
    "jury-entry": "juror",
    "jury-autosave": "juror",
    "jury-recuse": "juror",
    "jury-finished": "juror",
    "jury-star": "juror",
    "jury-flag": "juror",
    "jury-abstain": "juror",
    "jury-flags": "chair",
    "jury-conflicts": "chair",
    "jury-conflict": "chair",
    "jury-ballot": "juror",
    "jury-pairs": "juror",
    "jury-ballots": "chair",
    "jury-ballots-dossier": "chair",
    "jury-ballots-publication": "chair",
    "jury-chair": "chair",
    "jury-chair-entry": "chair",
    "jury-decide": "chair",
    "jury-dossier": "chair",
    "jury-freeze": "chair",
    "jury-cards": "chair",
    "jury-ranking": "chair",
    "jury-publication": "chair",
    "jury-chair-juror": "chair",
    "jury-give-on": "chair",
    "jury-remind": "chair",
    "jury-share-out": "chair",
    "jury-grid": "chair",
    "jury-log": "chair",
    "jury-seat": "juror",
    "jury-room": "chair",
    "jury-wall": "chair",
    "jury-minutes": "chair",
    "jury-decisions": "chair",
    "jury-prize": "chair",
    "jury-prize-undo": "chair",
    "jury-announcement": "chair",
    "jury-announcement-withdraw": "chair",
    "jury-ceremony": "chair",
    "jury-ceremony-step": "chair",
    "jury-running-order": "chair",
    "jury-stage": "chair",
    "jury-stage-scene": "chair",
    "jury-certificates": "chair",
    "jury-feedback": "chair",
    "jury-feedback-round": "chair",
    # Staff
    "styleguide": "staff",
    # What Wagtail has open before the sign-in
    "cms-login": "half way",
    "cms:wagtailadmin_login": "public",
    "cms:wagtailadmin_logout": "half way",
    "cms:wagtailadmin_password_reset": "public",
    "cms:wagtailadmin_password_reset_done": "public",
    "cms:wagtailadmin_password_reset_confirm": "public",
    "cms:wagtailadmin_password_reset_complete": "public",
    "cms:wagtailadmin_javascript_catalog": "public",
    "cms:wagtailadmin_sprite": "public",
    "cms:wagtail_localize:javascript_catalog": "staff",
    # Single screens of the editor
    "cms:program-release": "release",
    "cms:mails:send_again": "till",
    "cms:mails:send_given_up_again": "till",
    "cms:order:cancel": "till",
    "cms:order:received": "till",
    "cms:order:refund": "till",
    "cms:order:refund_sent": "till",
    "cms:order:answers": "till",
    "cms:questions:totals": "till",
    "cms:questions:to_ask": "till",
    "cms:order:refunds": "till",
    "cms:order:request": "till",
    "cms:order:give": "till",
    "cms:order:clarify": "till",
    "cms:order:note": "till",
    "cms:order:resend": "till",
    "cms:session-places": "shop",
    "cms:call:ballots": "jury office",
    "cms:call:ready": "calls",
    "cms:call:jury": "jury office",
    "cms:call:preview": "calls",
    "cms:call:care": "jury office",
    "cms:call:export": "jury office",
    "cms:call:person": "jury office",
    "cms:call:screen": "jury office",
    "cms:call:usual_rounds": "calls",
    "cms:call-questions:renew": "jury office",
    "cms:approvals:accept": "till",
    "cms:approvals:refuse": "till",
    "cms:approvals:file": "till",
    "cms:answers:file": "till",
    "cms:pot-requests:grant": "till",
    "cms:pot-requests:refuse": "till",
    "cms:statements:index": "till",
    "cms:statements:confirm": "till",
    "cms:statements:line": "till",
    "cms:vouchers:many": "shop",
    "cms:scans:undo": "till",
    "cms:door-phones:withdraw": "till",
    "cms:door-phones:allow": "till",
    "cms:checkin-lists:clear": "till",
    # Whoever uploaded the half that is kept, nobody else
    "cms:wagtailimages:create_multiple_from_uploaded_image": "uploader",
    "cms:wagtailimages:delete_upload_multiple": "uploader",
    "cms:wagtaildocs:create_multiple_from_uploaded_document": "uploader",
    "cms:wagtaildocs:delete_upload_multiple": "uploader",
}


@dataclass(frozen=True, slots=True)
class Screen:
    """Who may what with the rows of a screen: `write` is to add and change them, `look` only to see them."""

    write: Roles = NO_ONE
    look: Roles = NO_ONE
    without: frozenset[str] = frozenset()  # needs that nobody has on this screen, whoever they are

    def allows(self, need: str) -> Roles:
        """Return who has the right that an address asks for."""
        if need in self.without:
            return NO_ONE
        return self.write | self.look if need == "look" else STAFF if need == "choose" else self.write


_PAGES = WHO["pages"]
_SHOP = WHO["shop"]
_TILL = WHO["till"]
_CALL = frozenset({"moderator", "jury office", "admin"})
_JURY = frozenset({"jury office", "admin"})
_ADMIN = WHO["admin"]
_RECORDS = frozenset({"add", "change", "delete", "history"})

SCREENS = {
    "edition": Screen(_PAGES),
    "phase": Screen(_PAGES),
    "news": Screen(_PAGES),
    "product": Screen(_SHOP),
    "quotas": Screen(_SHOP),
    "fees": Screen(_SHOP),
    "vouchers": Screen(_SHOP),
    "waiting-room": Screen(_SHOP),
    "voucher-uses": Screen(look=_TILL, without=_RECORDS),
    "pots": Screen(_SHOP),
    "pot-requests": Screen(look=_TILL, without=_RECORDS),
    "pot-movements": Screen(look=_TILL, without=_RECORDS),
    "approvals": Screen(look=_TILL, without=_RECORDS),
    "questions": Screen(_SHOP),
    "answers": Screen(look=_TILL, without=_RECORDS),
    "payment-settings": Screen(_ADMIN, look=_TILL),
    "checkin-lists": Screen(_TILL),
    "gates": Screen(_TILL),
    "zones": Screen(_TILL),
    "door-phones": Screen(_TILL, without=frozenset({"add", "delete"})),
    "order": Screen(look=_TILL, without=_RECORDS),
    "ticket": Screen(look=_TILL, without=_RECORDS),
    "waiting-list": Screen(look=_TILL, without=_RECORDS),
    "scans": Screen(look=_TILL, without=_RECORDS),
    "mails": Screen(look=_TILL, without=_RECORDS),
    "audit": Screen(look=WHO["publish"], without=_RECORDS),
    "call": Screen(_CALL, without=frozenset({"delete"})),
    "call-questions": Screen(_JURY, without=frozenset({"delete"})),
    "extensions": Screen(_JURY),
    "rubric": Screen(_CALL, without=frozenset({"delete"})),
    "entry": Screen(_CALL, without=frozenset({"delete"})),
    "juror": Screen(_JURY, without=frozenset({"delete"})),
    "assignment": Screen(_JURY, without=frozenset({"change"})),
    # Tables of the tests themselves
    "wagtailsnippets_texts_stall": Screen(_ADMIN),
    "wagtailsnippetchoosers_texts_stall": Screen(_ADMIN),
    "shelf": Screen(_ADMIN),
    # The programme, all its tables alike
    "wagtailsnippets_program_*": Screen(_PAGES),
    "wagtailsnippetchoosers_program_*": Screen(_PAGES, without=frozenset({"add"})),
    # Wagtail's own
    "wagtailimages": Screen(_PAGES),
    "wagtailimages_chooser": Screen(_PAGES),
    "wagtaildocs": Screen(_PAGES),
    "wagtaildocs_chooser": Screen(_PAGES),
    "wagtailadmin_collections": Screen(_ADMIN),
    "wagtailadmin_workflows": Screen(_ADMIN),
    "wagtailredirects": Screen(_ADMIN),
    "wagtailsettings": Screen(_ADMIN),
    "wagtaillocales": Screen(_ADMIN),
    "wagtailsites": Screen(_ADMIN),
    "wagtailusers_users": Screen(_ADMIN),
    "wagtailusers_groups": Screen(_ADMIN),
}

# Wagtail's screens that are of no table: by name, the first that fits, before the screens above.
RULES = [
    ("wagtailadmin_home|wagtailadmin_account|wagtailadmin_dismissibles|wagtailadmin_choose_page.*", "staff"),
    ("wagtailadmin_tag_.*autocomplete|wagtailadmin_block_preview|wagtailembeds:.*|wagtailadmin_error_test|", "staff"),
    ("wagtailadmin_api:pages:action", "publish"),
    ("wagtailadmin_api:.*|wagtailadmin_editing_sessions:.*", "staff"),
    ("wagtailadmin_workflows:task_cho.*|news:choose_parent|wagtailadmin_reports:site_history.*", "staff"),
    ("wagtail_localize:(translations_report.*|snippets_api_.*)", "staff"),
    ("wagtailadmin_explore.*", "pages"),
    ("wagtailadmin_pages:(search|search_results|choose_parent|revisions_index)", "staff"),
    ("wagtail_bulk_action|wagtailadmin_pages:confirm_workflow_cancellation", "staff"),
    ("wagtailadmin_pages:(unpublish|delete|move|move_confirm|set_page_position|revisions_unschedule)", "publish"),
    ("wagtailadmin_pages:(lock|unlock|set_privacy|workflow_action|workflow_preview)", "publish"),
    ("wagtailadmin_pages:collect_workflow_action_data", "publish"),
    ("wagtailadmin_pages:.*", "pages"),
    ("wagtailadmin_reports:locked_pages.*", "publish"),
    ("wagtailadmin_reports:.*", "pages"),
    ("wagtailsnippets:index", "admin"),  # of the tests' own tables: ours have menus of their own
    ("wagtail_localize:.*", "pages"),
    (r"wagtailsnippets_program_session:(un)?lock", "pages"),
]

# What an address of a screen needs, by its name; the first that fits. Whatever none names needs the right to change.
NEEDS = [
    ("index|index_results|list|list_results|inspect", "look"),
    ("choose|choose_results|chosen|chosen_multiple|select_format", "choose"),
    ("add|copy|create|preview_on_add|add_multiple|create_multiple_from_.*", "add"),
    ("delete|delete_multiple|delete_upload_multiple", "delete"),
    ("history|history_results", "history"),
    (".*", "change"),
]


def decision(name: str, *, in_the_editor: bool) -> Roles | None:
    """Return who gets in at the address of this (qualified) name, or None where nobody has decided yet."""
    chosen = DECISIONS.get(f"cms:{name}" if in_the_editor and name != "cms-login" else name)
    if chosen is not None or not in_the_editor:
        return None if chosen is None else WHO[chosen]
    for pattern, roles in RULES:
        if re.fullmatch(pattern, name):
            return WHO[roles]
    namespace, _, action = name.rpartition(":")
    screen = SCREENS.get(namespace) or next(
        (it for key, it in SCREENS.items() if key.endswith("*") and namespace.startswith(key[:-1])), None
    )
    need = next(need for pattern, need in NEEDS if re.fullmatch(pattern, action))
    return screen.allows(need) if screen else None
