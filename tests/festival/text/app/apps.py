from django.apps import AppConfig


class TextsConfig(AppConfig):
    """Models that only the tests of translated fields have."""

    name = "tests.festival.text.app"
    label = "texts"
    default_auto_field = "django.db.models.BigAutoField"
