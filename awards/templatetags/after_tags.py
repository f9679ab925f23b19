"""What an applicant may open once the winners are public: certificates, and the feedback that the chair released."""

from dataclasses import dataclass

from django import template

from awards.certificates.queries import certificates_of
from awards.feedback import wording
from awards.feedback.queries import released_to
from awards.models import Entry
from festival.time import clock

register = template.Library()
register.filter(wording.place_in_words)
register.filter(wording.who_read)


@dataclass(frozen=True, slots=True)
class After:
    """What there is for one project."""

    has_certificate: bool
    has_feedback: bool


@register.simple_tag
def after_publication(entry: Entry) -> After:
    """Return what there is for one project now."""
    now = clock.now()
    return After(bool(certificates_of(entry.call, now, entry=entry)), released_to(entry, now).exists())
