"""The pages that editors write: home, one per part of the week, plain pages, news.

They stand on Wagtail's own `Page` (decision 0001); what they share comes from the abstract `PublicPage`. The main
language is the source, wagtail-localize makes the twins in the others.
"""
# ruff: noqa: DJ008 -- Page has a __str__

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.models import Page, PageManager, PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from festival.blocks import BodyBlock, BodyField, section_choices
from festival.time import clock

PER_PAGE = 12


class PublicPage(models.Model):
    """What every page has: an introduction, a body of blocks, a picture for social networks."""

    intro = models.TextField(
        _("introduction"),
        max_length=400,
        blank=True,
        help_text=_(
            "One or two sentences in large type; also shown in lists and, failing a description, by search engines."
        ),
    )
    body = BodyField(BodyBlock(), verbose_name=_("content"), blank=True)
    social_image = models.ForeignKey(
        "festival.FestivalImage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture for social networks"),
        help_text=_("At least 1200 by 630. Left empty: the shapes of the festival."),
    )

    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description"), FieldPanel("social_image")],
            _("For search engines and social networks"),
        ),
        MultiFieldPanel([FieldPanel("show_in_menus")], _("In the menus of the site")),
    ]
    search_fields = [*Page.search_fields, index.SearchField("intro"), index.SearchField("body")]

    class Meta:
        abstract = True

    @property
    def path_on_site(self) -> str:
        """Return the path of the page's address, with its language prefix."""
        parts = self.get_url_parts()  # type: ignore[attr-defined]
        return str(parts[2]) if parts else "/"

    @property
    def description(self) -> str:
        """Return what search engines and social networks show of the page."""
        return str(self.search_description or self.intro)  # type: ignore[attr-defined]

    def alternates(self) -> dict[str, str]:
        """Return the path of this page and of its published twins by language."""
        twins = self.get_translations().live().select_related("locale").specific()  # type: ignore[attr-defined]
        found = {twin.locale.language_code: twin.path_on_site for twin in twins}
        return {self.locale.language_code: self.path_on_site} | found  # type: ignore[attr-defined]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the twins in the other languages, for the language link and search engines."""
        context = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        return {**context, "alternates": self.alternates(), "base_url": settings.BASE_URL}

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer, and let the page cache keep the answer; previews do not pass here."""
        response: Any = super().serve(request, *args, **kwargs)  # type: ignore[misc]
        response.cache_page = True
        return response


class HomePage(PublicPage, Page):
    """The front page of one language."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["festival.SectionPage", "festival.StandardPage", "festival.NewsIndexPage"]
    max_count = len(settings.LANGUAGES)
    admin_default_ordering = "ord"
    page_description = _("The poster, the days, what happens now, the parts of the week.")

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    @classmethod
    def can_exist_under(cls, parent: Page) -> bool:
        """Return whether `parent` is the root of the tree; Wagtail's welcome page has the same type."""
        return bool(super().can_exist_under(parent) and parent.is_root())


class SectionPageForm(WagtailAdminPageForm):
    """Offers the parts of the edition that the site shows."""

    section_slug = forms.ChoiceField(
        label=_("part of the week"),
        choices=section_choices,
        help_text=_("Gives the page its colour and its shape."),
    )


class SectionPage(PublicPage, Page):
    """One part of the week, in its colour and under its shape."""

    base_form_class = SectionPageForm

    # The short name rather than the row: the page stays when the next edition has a part of the same name.
    section_slug = models.SlugField(_("part of the week"))
    override_translatable_fields = [SynchronizedField("section_slug")]

    parent_page_types = ["festival.HomePage"]
    subpage_types = ["festival.StandardPage"]
    admin_default_ordering = "ord"
    page_description = _("A part of the week: what it is, its programme, its tickets.")
    content_panels = [
        *Page.content_panels,
        FieldPanel("section_slug"),
        FieldPanel("intro"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("section page")
        verbose_name_plural = _("section pages")

    def clean(self) -> None:
        """Refuse a second page for the same part of the week in the same language."""
        super().clean()
        others = SectionPage.objects.filter(section_slug=self.section_slug, locale_id=self.locale_id).exclude(
            pk=self.pk
        )
        if self.section_slug and self.locale_id and others.exists():
            raise ValidationError({"section_slug": _("Another page already stands for this part of the week.")})


class StandardPage(PublicPage, Page):
    """A plain page: practical information, legal texts, who we are."""

    in_footer = models.BooleanField(
        _("in the footer"), default=False, help_text=_("Linked at the foot of every page, such as the legal notice.")
    )

    parent_page_types = ["festival.HomePage", "festival.SectionPage", "festival.StandardPage"]
    subpage_types = ["festival.StandardPage"]
    page_description = _("Practical information, legal texts, who we are.")
    promote_panels = [
        PublicPage.promote_panels[0],
        MultiFieldPanel([FieldPanel("show_in_menus"), FieldPanel("in_footer")], _("In the menus of the site")),
    ]

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")


class NewsIndexPage(PublicPage, Page):
    """The list of news of one language, newest first."""

    parent_page_types = ["festival.HomePage"]
    subpage_types = ["festival.NewsPage"]
    max_count_per_parent = 1
    page_description = _("The list of news. It fills itself.")

    class Meta:
        verbose_name = _("news list")
        verbose_name_plural = _("news lists")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add one page of the news that are out by now."""
        posts = NewsPage.objects.child_of(self).live().public().out(clock.now())
        posts = Paginator(posts, PER_PAGE).get_page(request.GET.get("page"))
        return super().get_context(request, *args, **kwargs) | {"posts": posts}


class NewsPageQuerySet(PageQuerySet):
    """Finds news."""

    def out(self, at: datetime) -> "NewsPageQuerySet":
        """Return what is dated `at` (aware) or earlier, newest first."""
        return self.filter(published_at__lte=at).order_by("-published_at", "-pk")


class NewsPage(PublicPage, Page):
    """One piece of news. It shows from its date on."""

    published_at = models.DateTimeField(
        _("date"),
        default=timezone.now,
        help_text=_("Nobody sees the news before, even when it is published here."),
    )
    author = models.CharField(_("author"), max_length=120, blank=True)
    override_translatable_fields = [SynchronizedField("author")]  # a name is not translated

    parent_page_types = ["festival.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    show_in_menus_default = False
    page_description = _("Something new, with a date.")
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("published_at"), FieldPanel("author")], _("When and by whom")),
        HelpPanel(clock.times_are_local()),
        FieldPanel("intro"),
        FieldPanel("body"),
    ]
    promote_panels = [
        PublicPage.promote_panels[0],
        HelpPanel(_("News do not stand in the menus; they are listed by date."), heading=_("In the menus of the site")),
    ]
    search_fields = [
        *PublicPage.search_fields,
        index.SearchField("author"),
        index.FilterField("published_at"),
    ]

    objects: ClassVar[Any] = PageManager.from_queryset(NewsPageQuerySet)()

    class Meta:
        verbose_name = _("piece of news")
        verbose_name_plural = _("pieces of news")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer, once the date has come."""
        if self.published_at > clock.now():
            raise Http404
        return super().serve(request, *args, **kwargs)
