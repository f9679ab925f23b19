"""The door's addresses. They carry no language: the phone's language is used."""

from django.urls import URLPattern, URLResolver, path

from tickets import door_views

plain: list[URLPattern | URLResolver] = [
    path("scan/", door_views.set_up, name="scan-setup"),
    path("scan/door/", door_views.door, name="scan-door"),
    path("scan/api/redeem/", door_views.redeem, name="scan-redeem"),
    path("scan/api/status/", door_views.status, name="scan-status"),
]
localized: list[URLPattern | URLResolver] = []
