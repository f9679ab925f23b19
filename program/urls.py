"""The app's addresses: `plain` ones for machines, `localized` ones for people (under /fr/ and /en/)."""

from django.urls import URLPattern, URLResolver

plain: list[URLPattern | URLResolver] = []
localized: list[URLPattern | URLResolver] = []
