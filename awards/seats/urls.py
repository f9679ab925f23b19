"""What the chair opens of conflicts, `plain`; the page of an invitation, `localized`."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from awards.seats import chair_views as chair, views

plain: list[URLPattern] = [
    path("jury/<slug:call_slug>/chair/conflicts/", chair.conflicts, name="jury-conflicts"),
    path("jury/<slug:call_slug>/chair/conflicts/<int:pk>/", chair.lift, name="jury-conflict"),
]
localized: list[URLPattern] = [
    path(_("awards/invitation/<str:token>/"), views.invitation, name="awards-invitation"),
]
