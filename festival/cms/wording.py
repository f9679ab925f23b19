"""How the audit log says what was done: `order.confirmed` is “Order: confirmation”, as nouns agree with nothing."""

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from festival.models import AuditEntry

# By the second word of a verb. A test looks for each verb of the code.
ACTS = {
    "address_corrected": gettext_lazy("address corrected"),
    "asked": gettext_lazy("asking"),
    "begun": gettext_lazy("beginning"),
    "called_off": gettext_lazy("called off by the shop"),
    "cancelled": gettext_lazy("cancellation"),
    "cast": gettext_lazy("casting vote"),
    "changed": gettext_lazy("change"),
    "cleared": gettext_lazy("emptying"),
    "confirmed": gettext_lazy("confirmation"),
    "created": gettext_lazy("creation"),
    "credited": gettext_lazy("credit to an order"),
    "declared": gettext_lazy("declaration"),
    "deleted": gettext_lazy("deletion"),
    "details_given": gettext_lazy("details given"),
    "distributed": gettext_lazy("distribution to the jury"),
    "expired": gettext_lazy("end of the time limit"),
    "failed": gettext_lazy("failure"),
    "frozen": gettext_lazy("result frozen"),
    "given_more_time": gettext_lazy("more time"),
    "held": gettext_lazy("places held"),
    "imported": pgettext_lazy("audit log", "import"),
    "joined": gettext_lazy("joining the list"),
    "left": gettext_lazy("leaving the list"),
    "made": pgettext_lazy("audit log", "making"),
    "mailed_again": gettext_lazy("mail sent again"),
    "moved": pgettext_lazy("audit log", "move"),
    "offered": gettext_lazy("place offered"),
    "over": gettext_lazy("end of the offer"),
    "paid": gettext_lazy("payment complete"),
    "passed_on": gettext_lazy("passed on to somebody"),
    "placed": gettext_lazy("order placed"),
    "publication_set": gettext_lazy("moment of publication"),
    "published": pgettext_lazy("audit log", "publication"),
    "reassigned": gettext_lazy("given to another juror"),
    "received": gettext_lazy("received from somebody"),
    "refunded": gettext_lazy("cancellation with refund"),
    "released": pgettext_lazy("audit log", "release"),
    "reminded": gettext_lazy("reminder"),
    "renamed": gettext_lazy("change of name"),
    "reopened": gettext_lazy("taken up again"),
    "restored": gettext_lazy("return to use"),
    "revoked": gettext_lazy("revocation"),
    "saved": gettext_lazy("saving"),
    "searched": pgettext_lazy("audit log", "search"),
    "sent_again": gettext_lazy("mail sent again"),
    "set_aside": gettext_lazy("set aside"),
    "set_up": gettext_lazy("setting up"),
    "stopped": gettext_lazy("end of the wait"),
    "submitted": gettext_lazy("handing in"),
    "taken_back": gettext_lazy("taking back"),
    "taken_off": gettext_lazy("taken off the site"),
    "told": gettext_lazy("opening told"),
    "undone": gettext_lazy("undoing"),
    "unpublished": gettext_lazy("end of publication"),
    "withdrawn": gettext_lazy("withdrawal"),
}


def act(entry: AuditEntry) -> str:
    """Return what was done to what kind of thing; the verb itself where an old entry has a word of its own."""
    done = ACTS.get(entry.verb.partition(".")[2])
    if done is None:
        return entry.verb
    return _("%(thing)s: %(act)s") % {"thing": capfirst(_kind(entry.subject_type)), "act": done}


def _kind(label: str) -> str:
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return label
