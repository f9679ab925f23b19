"""The real settings, but static files are not compressed: that takes twenty seconds of a core."""

from festival.project.settings import *  # noqa: F403

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}  # noqa: F405
