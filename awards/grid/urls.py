"""The address of the grid, below a jury's."""

from django.urls import URLPattern, URLResolver, path

from awards.grid import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("chair/grid/", views.grid, name="jury-grid"),
]
