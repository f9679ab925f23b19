"""The languages of the pages: Wagtail keeps a row for each."""

from django.conf import settings
from wagtail.models import Locale


def make_locales(**_: object) -> None:
    """Make the row of each language of the installation that has none. Answers Django's `post_migrate` signal.

    Rows of languages that were taken out of the setting stay, with the pages that were written in them.
    """
    for code, _name in settings.LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
