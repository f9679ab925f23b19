"""Where a call is presented, under /fr/ and /en/, and below the year of a past edition too."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from awards.presenting import views

localized: list[URLPattern] = [path(_("awards/call/"), views.call, name="awards-call")]
