"""The door's addresses. They carry no language: the phone's language is used."""

from django.urls import URLPattern, URLResolver, path

from tickets.door import script_views, views

plain: list[URLPattern | URLResolver] = [
    path("scan/", views.set_up, name="scan-setup"),
    path("scan/door/", views.door, name="scan-door"),
    path("scan/list/", views.switch, name="scan-switch"),
    path("scan/undo/", views.undo, name="scan-undo-page"),
    path("scan/find/", views.find, name="scan-find-page"),
    path("scan/api/redeem/", script_views.redeem, name="scan-redeem"),
    path("scan/api/status/", script_views.status, name="scan-status"),
    path("scan/api/find/", script_views.find, name="scan-find"),
    path("scan/api/undo/", script_views.undo, name="scan-undo"),
]
localized: list[URLPattern | URLResolver] = []
