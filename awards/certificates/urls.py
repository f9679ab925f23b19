"""The addresses of certificates: the office's, `plain`, and those of applicants and of everybody, `localized`."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from awards.certificates import views

plain: list[URLPattern] = [
    path("jury/<slug:call_slug>/chair/certificates.pdf", views.everybody, name="jury-certificates"),
]
localized: list[URLPattern] = [
    path(_("awards/apply/<slug:call>/<uuid:entry>/certificate.pdf"), views.own, name="apply-certificate"),
    path(_("awards/certificates/"), views.confirm, name="awards-certificates"),
    path(_("awards/certificates/<str:number>/"), views.confirm, name="awards-certificate"),
]
