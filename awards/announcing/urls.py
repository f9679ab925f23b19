"""The addresses of the announcement, below those of the chair."""

from django.urls import URLPattern, URLResolver, path

from awards.announcing import views

plain: list[URLPattern | URLResolver] = [
    path("jury/<slug:call_slug>/chair/announcement/", views.announcement, name="jury-announcement"),
    path("jury/<slug:call_slug>/chair/announcement/withdraw/", views.take_off, name="jury-announcement-withdraw"),
]
