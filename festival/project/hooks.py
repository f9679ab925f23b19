"""What one app names of another instead of importing it: dotted paths, read through the settings of the same names."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Blocks that the other apps offer to every page body: name in the StreamField -> class.
# The names are data: never rename one.
PAGE_BODY_BLOCKS: dict[str, str] = {
    "session_highlights": "program.blocks.SessionHighlightsBlock",
    "timetable_extract": "program.blocks.TimetableExtractBlock",
    "people": "program.blocks.PeopleBlock",
    "exhibitors": "program.blocks.ExhibitorsBlock",
    "bookshelf": "program.blocks.BookshelfBlock",
    "ticket_box": "tickets.blocks.TicketBoxBlock",
    "award_call": "awards.blocks.AwardCallBlock",
    "finalists": "awards.blocks.FinalistsBlock",
}
# Places of the apps that a button of a page can lead to: name in the data -> label and name of the address.
# The names are data: never rename one.
SITE_PLACES: dict[str, tuple[Promise, str]] = {
    "programme": (_("Programme"), "program-home"),
    "tickets": (_("Ticket office"), "tickets-office"),
    "projects": (_("Award projects"), "awards-projects"),
    "call": (_("Call for projects"), "awards-call"),
}
# What the programme asks of the shop: `(uuids of sessions) -> {uuid: short names of the products that open it}`,
# `(uuids of occurrences) -> {uuid: "", "last" or "full"}`, how scarce places are, and `-> {uuid: how many are taken}`;
# empty where there is no shop.
SESSION_PRODUCTS = "tickets.catalogue.of_sessions.products_of_sessions"
OCCURRENCE_PLACES = "tickets.catalogue.of_sessions.places_of_occurrences"
OCCURRENCE_TAKEN = "tickets.catalogue.of_sessions.taken_of_occurrences"
# How the places of sessions stand at this moment, for the programme's pages: `() -> {uuid of the occurrence as a text:
# PlaceOffer}`; empty without a shop.
PLACES_ON_OFFER = "tickets.workshops.queries.places_on_offer"
# What the shop lists, for pages that say what entry costs: `() -> Sequence[PublicOffer]`; empty without a shop.
PUBLIC_OFFERS = "tickets.fees.public_offers.public_offers"
# Whose ticket a code or the address of an order is: `(text, *, edition_id: int) -> (key of the ticket, mail address)`,
# None for what is no ticket that is valid now; and `(edition_id: int) -> Iterable[key]` of those that are not any more.
# Empty where there is no shop.
VOTER_OF_TICKET = "tickets.retrieval.holders.holder_of"
TICKETS_GONE = "tickets.retrieval.holders.tickets_gone"
# What the groups of the team may do, app by app; `manage.py set_up_roles` reads them.
ROLES = ["festival.roles.ROLES", "program.roles.ROLES", "tickets.roles.ROLES", "awards.roles.ROLES"]
# Who builds the mails of a kind: `(mail: OutgoingMail) -> EmailMessage`, or None when its fact is gone.
MAIL_BUILDERS: dict[str, str] = {
    "entry.screened": "awards.screening.mail.build",
    "order.tickets": "tickets.delivery.mail.build",
    "order.confirm": "tickets.delivery.notices.build_confirmation",
    "order.cancelled": "tickets.delivery.notices.build_cancellation",
    "workshop.waiting": "tickets.workshops.mail.build_waiting",
    "workshop.offer": "tickets.workshops.mail.build_offer",
    "workshop.moved": "tickets.workshops.mail.build_moved",
    "tickets.found": "tickets.retrieval.mail.build",
    "sale_alert.ask": "tickets.announcing.mail.build_ask",
    "sale_alert.open": "tickets.announcing.mail.build_opening",
    "ticket.cancelled": "tickets.delivery.notices.build_ticket_cancellation",
    "order.expired": "tickets.payments.mail.build_expired",
    "payment.instructions": "tickets.payments.mail.build_instructions",
    "payment.reminder": "tickets.payments.mail.build_reminder",
    "payment.short": "tickets.payments.mail.build_short",
    "payment.refunded": "tickets.payments.mail.build_refunded",
    "refund.asked": "tickets.returns.mail.build_asked",
    "refund.refused": "tickets.returns.mail.build_refused",
    "refund.outside": "tickets.returns.mail.build_outside",
    "ticket.received": "tickets.delivery.notices.build_received",
    "ticket.passed_on": "tickets.delivery.notices.build_passed_on",
    "pot.asked": "tickets.solidarity.mail.build_asked",
    "pot.refused": "tickets.solidarity.mail.build_refused",
    "approval.asked": "tickets.approvals.mail.build_asked",
    "approval.accepted": "tickets.approvals.mail.build_accepted",
    "approval.refused": "tickets.approvals.mail.build_refused",
    "guest.tickets": "tickets.delivery.mail.build_for_guest",
    "entry.receipt": "awards.applying.mail.build_receipt",
    "entry.withdrawn": "awards.applying.mail.build_withdrawn",
    "entry.invitation": "awards.applying.mail.build_invitation",
    "entry.reminder": "awards.applying.mail.build_reminder",
    "jury.reminder": "awards.jury.mail.build",
    "jury.invitation": "awards.seats.mail.build",
    "jury.given": "awards.assignment.mail.build",
    "award.finalists": "awards.finalists.mail.build",
    "award.outcome": "awards.announcing.mail.build",
    "award.feedback": "awards.feedback.mail.build",
    "vote.confirm": "awards.voting.mail.build",
}
# Who is told of a new edition, in the transaction that makes it: `(*, edition: Edition, now: datetime) -> None`.
EDITION_CREATED: list[str] = ["tickets.delivery.signing.make_first_key"]
# What `manage.py tick` runs, in this order: `(now: datetime) -> int | None`, each owns its transactions.
TICK_JOBS: list[str] = [
    "festival.cms.scheduling.publish_due",
    "tickets.payments.paying.remind_due",
    "tickets.orders.expiring.expire_due",
    "tickets.vouchers.reserving.let_go",
    "tickets.payments.paying.close_pages",
    "tickets.stripe.reconciling.reconcile",
    "tickets.payments.refunding.send_due",
    "tickets.solidarity.granting.grant_due",
    "tickets.workshops.leaving.leave_with_ticket",
    "tickets.workshops.waiting.offer_due",
    "tickets.workshops.telling.tell_programme",
    "tickets.waitingroom.entering.move_on",
    "tickets.workshops.telling.tell_moved",
    "awards.entering.reminding.remind_due",
    "tickets.announcing.telling.tell_due",
    "awards.voting.closing.freeze_due",
    "awards.finalists.telling.tell_due",
    "awards.announcing.telling.tell_due",
    "awards.ties.finding.find_all",
    "awards.screening.telling.tell_due",
    "festival.core.chores.take_back_mails",
    "festival.core.audit.seal",
    "festival.core.chores.clean",
    "festival.core.chores.forget_mails",
    "festival.core.limits.forget_old",
    "tickets.orders.expiring.forget_networks",
    "tickets.orders.expiring.forget_baskets",
    "tickets.retrieval.searching.forget_unanswered",
    "awards.voting.casting.forget_unconfirmed",
    "awards.care.erasing.erase_due",
    "tickets.announcing.telling.forget_done",
    "tickets.questions.answering.forget_health",
    "tickets.uploads.filing.forget_files",
    "tickets.waitingroom.entering.forget",
]
# What `manage.py fsck` runs; each returns a list of sentences, one per violation.
FSCK_CHECKS: list[str] = [
    "festival.core.invariants.violations",
    "program.timetable.invariants.violations",
    "tickets.catalogue.invariants.violations",
    "tickets.vouchers.invariants.violations",
    "tickets.orders.invariants.violations",
    "tickets.workshops.invariants.violations",
    "tickets.questions.invariants.violations",
    "tickets.payments.invariants.violations",
    "tickets.solidarity.invariants.violations",
    "tickets.approvals.invariants.violations",
    "tickets.waitingroom.invariants.violations",
    "tickets.door.invariants.violations",
    "awards.entering.invariants.violations",
    "awards.jury.invariants.violations",
    "awards.assignment.invariants.violations",
    "awards.ballots.invariants.violations",
    "awards.results.invariants.violations",
    "awards.voting.invariants.violations",
    "awards.deliberation.invariants.violations",
]
# What `manage.py fsck` tells besides: work that waits for somebody; each yields sentences.
FSCK_REMARKS: list[str] = ["festival.pages.translations.remarks", "tickets.delivery.pdf.remarks"]
