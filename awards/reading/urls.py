"""The addresses of what a juror does beside the marks."""

from django.urls import path

from awards.reading import views

plain = [
    path("jury/<slug:call_slug>/finished/", views.be_finished, name="jury-finished"),
    path("jury/<slug:call_slug>/entries/<slug:slug>/star/", views.put_star, name="jury-star"),
    path("jury/<slug:call_slug>/entries/<slug:slug>/flag/", views.put_flag, name="jury-flag"),
    path("jury/<slug:call_slug>/entries/<slug:slug>/abstain/", views.not_judge, name="jury-abstain"),
    path("jury/<slug:call_slug>/chair/flags/", views.flags, name="jury-flags"),
]
