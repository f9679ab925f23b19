"""The addresses of rounds without weighted marks."""

from django.urls import path

from awards.ballots import views

plain = [
    path("jury/<slug:call_slug>/ballot/", views.ballot, name="jury-ballot"),
    path("jury/<slug:call_slug>/pairs/", views.pairs, name="jury-pairs"),
    path("jury/<slug:call_slug>/chair/ballots/", views.board, name="jury-ballots"),
    path("jury/<slug:call_slug>/chair/ballots/<uuid:uuid>.json", views.dossier, name="jury-ballots-dossier"),
    path(
        "jury/<slug:call_slug>/chair/ballots/<uuid:uuid>/publication/",
        views.publication,
        name="jury-ballots-publication",
    ),
]
