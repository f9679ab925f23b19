"""Registers the programme's screens."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from program.office import release_screen
from program.office.base import ProgramBulkDelete
from program.office.viewsets import ProgramViewSetGroup

register_snippet(ProgramViewSetGroup)
hooks.register("register_bulk_action", ProgramBulkDelete, order=1)  # after Wagtail's own, in its place


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    """Add the release screen."""
    return [path("programme/release/", release_screen.release, name="program-release")]


@hooks.register("register_admin_menu_item")
def release_menu_item() -> MenuItem:
    """Put it right after the programme."""
    return ReleaseMenuItem(_("Releases"), reverse("program-release"), icon_name="upload", order=201)


class ReleaseMenuItem(MenuItem):
    """Shown to those who may release."""

    def is_shown(self, request: object) -> bool:
        """Return whether the user may release."""
        return bool(request.user.has_perm("program.add_release"))  # type: ignore[attr-defined]
