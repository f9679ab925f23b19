"""The addresses of the ceremony, below those of the chair."""

from django.urls import URLPattern, URLResolver, path

from awards.ceremony import views

plain: list[URLPattern | URLResolver] = [
    path("jury/<slug:call_slug>/chair/ceremony/", views.ceremony, name="jury-ceremony"),
    path("jury/<slug:call_slug>/chair/ceremony/steps/<int:pk>/", views.step, name="jury-ceremony-step"),
    path("jury/<slug:call_slug>/chair/ceremony/running-order.pdf", views.paper, name="jury-running-order"),
    path("jury/<slug:call_slug>/chair/ceremony/stage/", views.stage, name="jury-stage"),
    path("jury/<slug:call_slug>/chair/ceremony/stage/<int:number>/", views.stage, name="jury-stage-scene"),
]
