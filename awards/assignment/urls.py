"""The addresses of who reads what, below a jury's."""

from django.urls import URLPattern, URLResolver, path

from awards.assignment import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("chair/share-out/", views.share_out, name="jury-share-out"),
]
