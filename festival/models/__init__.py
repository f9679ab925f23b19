"""The festival's own tables: the edition, accounts, and the pages of the site."""

from festival.models.edition import Edition, Phase, SiteGeneration
from festival.models.images import FestivalImage, FestivalRendition
from festival.models.pages import HomePage, NewsIndexPage, NewsPage, SectionPage, StandardPage
from festival.models.user import User
from festival.models.week import Day, OpeningHours, Section, closing_moment, hours_of

__all__ = [
    "Day",
    "Edition",
    "FestivalImage",
    "FestivalRendition",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "OpeningHours",
    "Phase",
    "Section",
    "SectionPage",
    "SiteGeneration",
    "StandardPage",
    "User",
    "closing_moment",
    "hours_of",
]
