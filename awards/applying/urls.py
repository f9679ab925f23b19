"""Where applicants go: `localized` under /fr/ and /en/, and what jurors open of theirs, `plain`."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from awards.applying import entry_views as entry, file_views as files, member_views as members, views

plain: list[URLPattern] = [
    path("jury/<slug:call_slug>/entries/<slug:slug>/files/<uuid:file>/", files.file_for_jurors, name="jury-file")
]
localized: list[URLPattern] = [
    path(_("awards/apply/<slug:call>/"), views.home, name="apply"),
    path(_("awards/apply/<slug:call>/sign-out/"), views.sign_out, name="apply-sign-out"),
    path(_("awards/apply/<slug:call>/me/"), views.me, name="apply-me"),
    path(_("awards/apply/<slug:call>/join/<str:token>/"), members.join, name="apply-join"),
    path(_("awards/apply/<slug:call>/<uuid:entry>/"), entry.entry, name="apply-entry"),
    path(_("awards/apply/<slug:call>/<uuid:entry>/draft/"), entry.autosave, name="apply-draft"),
    path(_("awards/apply/<slug:call>/<uuid:entry>/status/"), entry.status, name="apply-status"),
    path(_("awards/apply/<slug:call>/<uuid:entry>/withdraw/"), entry.withdraw, name="apply-withdraw"),
    path(_("awards/apply/<slug:call>/<uuid:entry>/receipt.pdf"), entry.receipt, name="apply-receipt"),
    path(_("awards/apply/<slug:call>/<uuid:entry>/people/"), members.members, name="apply-members"),
    path(_("awards/apply/<slug:call>/<uuid:entry>/files/<uuid:file>/"), files.file, name="apply-file"),
]
