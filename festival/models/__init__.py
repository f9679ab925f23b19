"""The festival's own tables: the edition, accounts, and the pages of the site."""

from festival.models.audit import AppendOnly, AuditEntry, SealHead
from festival.models.edition import MOST_PLACES, Edition, Phase, SiteGeneration
from festival.models.images import FestivalImage, FestivalRendition
from festival.models.limits import RateCount
from festival.models.outbox import OutgoingMail
from festival.models.pages import HomePage, NewsIndexPage, NewsPage, SectionPage, StandardPage
from festival.models.series import Series
from festival.models.tick import TickJob
from festival.models.user import User
from festival.models.week import Day, OpeningHours, Section, closing_moment, hours_of

__all__ = [
    "MOST_PLACES",
    "AppendOnly",
    "AuditEntry",
    "Day",
    "Edition",
    "FestivalImage",
    "FestivalRendition",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "OpeningHours",
    "OutgoingMail",
    "Phase",
    "RateCount",
    "SealHead",
    "Section",
    "SectionPage",
    "Series",
    "SiteGeneration",
    "StandardPage",
    "TickJob",
    "User",
    "closing_moment",
    "hours_of",
]
