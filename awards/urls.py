"""The app's addresses: the jury's stable ones, and the `localized` ones for everybody (under /fr/ and /en/)."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from awards.jury import views as jury
from awards.pages import views as public
from awards.results import views as chair

plain: list[URLPattern | URLResolver] = [
    path("jury/", jury.home, name="jury-home"),
    path("jury/entries/<slug:slug>/", jury.entry, name="jury-entry"),
    path("jury/entries/<slug:slug>/draft/", jury.autosave, name="jury-autosave"),
    path("jury/entries/<slug:slug>/step-back/", jury.step_back, name="jury-recuse"),
    path("jury/chair/", chair.board, name="jury-chair"),
    path("jury/chair/freeze/", chair.freeze, name="jury-freeze"),
    path("jury/chair/ranking.csv", chair.ranking, name="jury-ranking"),
    path("jury/chair/entries/<slug:slug>/", chair.entry, name="jury-chair-entry"),
    path("jury/chair/ties/<slug:slug>/", chair.decide, name="jury-decide"),
    path("jury/chair/results/<uuid:uuid>.json", chair.dossier, name="jury-dossier"),
]
localized: list[URLPattern | URLResolver] = [
    path(_("awards/projects/"), public.projects, name="awards-projects"),
    path(_("awards/projects/<slug:slug>/"), public.project, name="awards-project"),
]
