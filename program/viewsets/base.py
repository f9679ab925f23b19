"""What the programme's screens have in common."""

from wagtail.snippets.views.snippets import SnippetViewSet


class ProgramViewSet(SnippetViewSet):
    """Lists of fifty; nothing is copied unless the screen says so."""

    list_per_page = 50
    copy_view_enabled = False
