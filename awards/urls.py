"""The app's addresses: the juries' stable ones, and the `localized` ones for everybody (under /fr/ and /en/)."""

from django.urls import URLPattern, URLResolver, include, path, register_converter
from django.utils.translation import gettext_lazy as _

from awards.announcing import urls as announcing
from awards.applying import urls as applying
from awards.ballots import urls as ballots
from awards.care import urls as care
from awards.ceremony import urls as ceremony
from awards.certificates import urls as certificates
from awards.deliberation import urls as deliberation
from awards.feedback import urls as feedback
from awards.jury import chair_views as office, views as jury
from awards.pages import views as public
from awards.presenting import urls as presenting
from awards.reading import urls as reading
from awards.results import views as chair
from awards.seats import urls as seats
from awards.voting import views as voting
from program.pages.converters import EditionNumber

register_converter(EditionNumber, "past_edition")

plain: list[URLPattern | URLResolver] = [
    path("jury/", jury.juries, name="jury"),
    path("jury/<slug:call_slug>/", jury.home, name="jury-home"),
    path("jury/<slug:call_slug>/entries/<slug:slug>/", jury.entry, name="jury-entry"),
    path("jury/<slug:call_slug>/entries/<slug:slug>/draft/", jury.autosave, name="jury-autosave"),
    path("jury/<slug:call_slug>/entries/<slug:slug>/step-back/", jury.step_back, name="jury-recuse"),
    *reading.plain,
    *ballots.plain,
    path("jury/<slug:call_slug>/chair/", chair.board, name="jury-chair"),
    path("jury/<slug:call_slug>/chair/jurors/<slug:slug>/", office.juror, name="jury-chair-juror"),
    path("jury/<slug:call_slug>/chair/assignments/<int:pk>/", office.give_on, name="jury-give-on"),
    path("jury/<slug:call_slug>/chair/remind/", office.remind_late, name="jury-remind"),
    path("jury/<slug:call_slug>/", include("awards.assignment.urls")),
    path("jury/<slug:call_slug>/", include("awards.grid.urls")),
    path("jury/<slug:call_slug>/chair/log/", office.log, name="jury-log"),
    path("jury/<slug:call_slug>/chair/freeze/", chair.freeze, name="jury-freeze"),
    path("jury/<slug:call_slug>/chair/ranking.csv", chair.ranking, name="jury-ranking"),
    path("jury/<slug:call_slug>/chair/entries/<slug:slug>/", chair.entry, name="jury-chair-entry"),
    path("jury/<slug:call_slug>/chair/ties/<slug:slug>/", chair.decide, name="jury-decide"),
    path("jury/<slug:call_slug>/chair/results/<uuid:uuid>/publication/", chair.publication, name="jury-publication"),
    path("jury/<slug:call_slug>/chair/results/<uuid:uuid>.json", chair.dossier, name="jury-dossier"),
    *deliberation.plain,
    *announcing.plain,
    *seats.plain,
    *ceremony.plain,
    *certificates.plain,
    *feedback.plain,
    *applying.plain,
    *care.plain,
]
_pages: list[URLPattern | URLResolver] = [
    *presenting.localized,
    path(_("awards/projects/"), public.projects, name="awards-projects"),
    path(_("awards/results/"), public.results, name="awards-results"),
    path(_("awards/projects/<slug:slug>/"), public.project, name="awards-project"),
    path(_("awards/vote/"), voting.vote, name="awards-vote"),
]
_votes: list[URLPattern | URLResolver] = [
    path(_("awards/vote/<str:token>/"), voting.confirm, name="awards-vote-confirm"),
]
localized: list[URLPattern | URLResolver] = [
    *_votes,
    *_pages,
    path("<past_edition:edition>/", include(_pages)),
    *applying.localized,
    *seats.localized,
    *certificates.localized,
    *feedback.localized,
    *care.localized,
]
