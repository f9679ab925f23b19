"""Start-up of the festival core: events of Wagtail and of the accounts, retries of background work."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FestivalConfig(AppConfig):
    """The project and the CMS core; knows no other app."""

    name = "festival"
    verbose_name = _("Festival")

    def ready(self) -> None:
        """Read the clock once, so that a malformed one stops the start; set up languages, signals, checks."""
        from allauth.mfa import signals as factor_signals  # noqa: PLC0415 -- app registry
        from django.db.models.signals import post_migrate  # noqa: PLC0415 -- app registry
        from django.tasks.signals import task_finished  # noqa: PLC0415 -- app registry
        from wagtail.signals import page_published, page_unpublished, post_page_move  # noqa: PLC0415 -- app registry

        from festival.cms import columns, exports  # noqa: PLC0415 -- app registry
        from festival.core import background  # noqa: PLC0415 -- app registry
        from festival.documents import checks  # noqa: F401, PLC0415 -- registers itself
        from festival.pages import locales, publishing  # noqa: PLC0415 -- app registry
        from festival.text import catalogues  # noqa: PLC0415 -- app registry
        from festival.time import clock  # noqa: PLC0415 -- app registry
        from festival.typed import date_widgets, forms  # noqa: PLC0415 -- app registry
        from festival.web import accounts, checks as web_checks  # noqa: F401, PLC0415 -- app registry

        clock.now()
        catalogues.speak_english_where_untranslated()
        columns.show_the_festivals_time()
        forms.clean_every_field()
        date_widgets.leave_what_is_typed()
        exports.write_every_export()
        post_migrate.connect(locales.make_locales, sender=self, dispatch_uid="festival.pages.locales.make_locales")
        for signal in (page_published, page_unpublished, post_page_move):
            signal.connect(publishing.page_changed, dispatch_uid="festival.pages.publishing.page_changed")
        page_published.connect(publishing.children_counted, dispatch_uid="festival.pages.publishing.children_counted")
        page_published.connect(publishing.home_published, dispatch_uid="festival.pages.publishing.home_published")
        task_finished.connect(background.retry_failed, dispatch_uid="festival.core.background.retry_failed")
        factor_signals.authenticator_added.connect(accounts.factor_added, dispatch_uid="accounts.factor_added")
        factor_signals.authenticator_removed.connect(accounts.factor_removed, dispatch_uid="accounts.factor_removed")
