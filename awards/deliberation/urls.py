"""The addresses of the deliberation and of its decisions, below those of the chair."""

from django.urls import URLPattern, URLResolver, path

from awards.deliberation import views

plain: list[URLPattern | URLResolver] = [
    path("jury/<slug:call_slug>/chair/decisions/", views.decisions, name="jury-decisions"),
    path("jury/<slug:call_slug>/chair/decisions/<slug:slug>/", views.prize, name="jury-prize"),
    path("jury/<slug:call_slug>/chair/decisions/<slug:slug>/take-back/", views.undo, name="jury-prize-undo"),
]
