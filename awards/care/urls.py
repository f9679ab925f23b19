"""Where what is kept is seen, taken out and erased: in the CMS `of_calls`, for the chair `plain`, for applicants."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from awards.care import views

of_calls: list[URLPattern] = [
    path("<int:pk>/care/", views.care, name="care"),
    path("<int:pk>/care/<slug:slug>.<slug:suffix>", views.export, name="export"),
    path("<int:pk>/care/people/<uuid:uuid>/", views.person, name="person"),
]
plain: list[URLPattern] = [
    path("jury/<slug:call_slug>/chair/cards.<slug:suffix>", views.cards, name="jury-cards"),
]
localized: list[URLPattern] = [
    path(_("awards/apply/<slug:call>/me/kept.zip"), views.mine, name="apply-kept"),
]
