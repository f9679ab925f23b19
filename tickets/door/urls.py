"""The door's addresses. They carry no language: the phone's language is used."""

from django.urls import URLPattern, URLResolver, path

from tickets.door import views

plain: list[URLPattern | URLResolver] = [
    path("scan/", views.set_up, name="scan-setup"),
    path("scan/door/", views.door, name="scan-door"),
    path("scan/api/redeem/", views.redeem, name="scan-redeem"),
    path("scan/api/status/", views.status, name="scan-status"),
]
localized: list[URLPattern | URLResolver] = []
