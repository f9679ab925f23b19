"""Filters of documents on paper."""

from django import template

from festival.documents import scripts

register = template.Library()

register.filter("script_language", scripts.language_of)
