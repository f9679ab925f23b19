"""The festival's own tables: the edition, accounts, and the pages of the site."""

from festival.models.edition import Day, Edition, Phase, Section, SiteGeneration
from festival.models.images import FestivalImage, FestivalRendition
from festival.models.pages import HomePage, NewsIndexPage, NewsPage, SectionPage, StandardPage
from festival.models.user import User

__all__ = [
    "Day",
    "Edition",
    "FestivalImage",
    "FestivalRendition",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "Phase",
    "Section",
    "SectionPage",
    "SiteGeneration",
    "StandardPage",
    "User",
]
