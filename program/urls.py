"""The app's addresses: `plain` ones for machines, `localized` ones for people (under /fr/ and /en/).

Each stands a second time below an edition's number, where a past edition is kept.
"""

from django.urls import URLPattern, URLResolver, include, path, register_converter
from django.utils.translation import gettext_lazy as _

from program.api import views as exports
from program.feeds import views as feeds
from program.pages import views
from program.pages.converters import EditionNumber, IsoDate

register_converter(IsoDate, "iso_date")
register_converter(EditionNumber, "edition")

_exports: list[URLPattern | URLResolver] = [
    path("schedule.json", exports.schedule, name="program-schedule"),
    path("schedule/v/<str:version>/schedule.json", exports.schedule_version, name="program-schedule-version"),
    path("schedule.ics", feeds.calendar, name="program-calendar"),
    path("schedule/session/<slug:slug>.ics", feeds.session_calendar, name="program-session-calendar"),
]
_pages: list[URLPattern | URLResolver] = [
    path(_("programme/"), views.home, name="program-home"),
    path(_("programme/speakers/"), views.speakers, name="program-speakers"),
    path(_("programme/speakers/<slug:slug>/"), views.speaker, name="program-speaker"),
    path(_("programme/sessions/<slug:slug>/"), views.session, name="program-session"),
    path(_("programme/<iso_date:day>/"), views.day, name="program-day"),
    path(_("live/"), views.live, name="program-live"),
]

plain: list[URLPattern | URLResolver] = [
    *_exports,
    path("<edition:edition>/", include(_exports)),
    path("schedule.schema.json", exports.schema, name="program-schedule-schema"),
    path("programme/grid-<slug:name>.css", exports.grid_css, name="program-grid"),
    path("live/", views.live_redirect, name="program-live-short"),
]
localized: list[URLPattern | URLResolver] = [
    *_pages,
    path("<edition:edition>/", include([path("", views.archive, name="program-archive"), *_pages])),
]
