"""Start-up of the festival core: Wagtail's events, and the retries of background work."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FestivalConfig(AppConfig):
    """The project and the CMS core; knows no other app."""

    name = "festival"
    verbose_name = _("Festival")

    def ready(self) -> None:
        """Read the clock once, so that a malformed one stops the start; connect signals and checks."""
        from django.tasks.signals import task_finished  # noqa: PLC0415 -- app registry
        from wagtail.signals import page_published, page_unpublished, post_page_move  # noqa: PLC0415 -- app registry

        from festival import clock, outbox, publishing  # noqa: PLC0415 -- app registry
        from festival.documents import checks  # noqa: F401, PLC0415 -- registers itself

        clock.now()
        for signal in (page_published, page_unpublished, post_page_move):
            signal.connect(publishing.page_changed, dispatch_uid="festival.publishing.page_changed")
        task_finished.connect(outbox.retry_failed, dispatch_uid="festival.outbox.retry_failed")
