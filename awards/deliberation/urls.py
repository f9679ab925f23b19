"""The addresses of the deliberation and of its decisions, below those of the chair."""

from django.urls import URLPattern, URLResolver, path

from awards.deliberation import room_views, views

plain: list[URLPattern | URLResolver] = [
    path("jury/<slug:call_slug>/room/", room_views.seat, name="jury-seat"),
    path("jury/<slug:call_slug>/chair/room/", room_views.room, name="jury-room"),
    path("jury/<slug:call_slug>/chair/room/wall/", room_views.wall, name="jury-wall"),
    path("jury/<slug:call_slug>/chair/room/minutes.pdf", room_views.minutes, name="jury-minutes"),
    path("jury/<slug:call_slug>/chair/decisions/", views.decisions, name="jury-decisions"),
    path("jury/<slug:call_slug>/chair/decisions/<slug:slug>/", views.prize, name="jury-prize"),
    path("jury/<slug:call_slug>/chair/decisions/<slug:slug>/take-back/", views.undo, name="jury-prize-undo"),
]
