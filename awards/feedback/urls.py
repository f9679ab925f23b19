"""The addresses of the feedback: the chair's, `plain`, and the applicants', `localized`."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from awards.feedback import views

plain: list[URLPattern] = [
    path("jury/<slug:call_slug>/chair/feedback/", views.feedback, name="jury-feedback"),
    path("jury/<slug:call_slug>/chair/feedback/<int:order>/", views.feedback, name="jury-feedback-round"),
]
localized: list[URLPattern] = [
    path(_("awards/apply/<slug:call>/<uuid:entry>/feedback/"), views.own, name="apply-feedback"),
]
