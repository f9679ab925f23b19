"""Filters of documents on paper."""

from django import template

from festival.documents import scripts, shapes

register = template.Library()

register.filter("script_language", scripts.language_of)
register.simple_tag(shapes.shape_address)
