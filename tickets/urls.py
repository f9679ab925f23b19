"""The app's addresses: `plain` ones for machines, `localized` ones for people (under /fr/ and /en/)."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import pgettext_lazy as _p

from tickets.additions import views as additions_views
from tickets.announcing import views as announcing_views
from tickets.approvals import views as approval_views
from tickets.buying import basket_views, order_views as buying_order_views, views as buying_views
from tickets.door import urls
from tickets.orders import order_views, views
from tickets.retrieval import views as retrieval_views
from tickets.selfservice import guest_views, order_views as selfservice_order_views, views as selfservice_views
from tickets.solidarity import views as solidarity_views
from tickets.stripe import views as stripe_views
from tickets.waitingroom import views as waiting_room_views
from tickets.workshops import order_views as workshop_order_views, views as workshop_views

_order: list[URLPattern | URLResolver] = [
    path("", order_views.order, name="tickets-order"),
    path("tickets.pdf", order_views.order_pdf, name="tickets-order-pdf"),
    path("tickets.ics", order_views.order_ics, name="tickets-order-ics"),
    path("mail/", order_views.resend, name="tickets-order-mail"),
    path("address/", order_views.correct_address, name="tickets-order-address"),
    path("confirm/<slug:token>/", order_views.confirm, name="tickets-order-confirm"),
    path("cancel/", selfservice_order_views.cancel, name="tickets-order-cancel"),
    path("details/", buying_views.details, name="tickets-order-details"),
    path("pay/", buying_views.pay, name="tickets-order-pay"),
    path("paid/", buying_order_views.paid, name="tickets-order-paid"),
    path("booking/", workshop_order_views.booking, name="tickets-order-booking"),
    path("workshops/", workshop_order_views.workshops, name="tickets-order-workshops"),
    path("workshops/<uuid:uuid>/", workshop_views.book_with_order, name="tickets-order-workshop"),
    path("answers/", selfservice_order_views.answers, name="tickets-order-answers"),
    path("number/", additions_views.number, name="tickets-order-number"),
    path("ticket/<int:number>/add/", additions_views.addons, name="tickets-ticket-add"),
    path("ticket/<int:number>/cancel/", selfservice_views.cancel, name="tickets-ticket-cancel"),
    path("ticket/<int:number>/name/", selfservice_views.rename, name="tickets-ticket-rename"),
    path("ticket/<int:number>/pass-on/", selfservice_views.pass_on, name="tickets-ticket-pass-on"),
]

_guest: list[URLPattern | URLResolver] = [
    path("", guest_views.guest, name="tickets-guest"),
    path("mail/", guest_views.resend, name="tickets-guest-mail"),
    path("own/<slug:token>/", guest_views.own, name="tickets-guest-own"),
    path("own/<slug:token>/name/", guest_views.rename, name="tickets-guest-rename"),
    path("own/<slug:token>/tickets.pdf", guest_views.own_pdf, name="tickets-guest-pdf"),
    path("own/<slug:token>/tickets.ics", guest_views.own_ics, name="tickets-guest-ics"),
]

_find: list[URLPattern | URLResolver] = [
    path("", retrieval_views.find, name="tickets-find"),
    path("<str:token>/", retrieval_views.found, name="tickets-found"),
    path("<str:token>/<slug:code>/", retrieval_views.open_order, name="tickets-found-order"),
    path("<str:token>/<slug:code>/<int:rank>/", retrieval_views.open_order, name="tickets-found-guest"),
]

_tell_me: list[URLPattern | URLResolver] = [
    path("<slug:slug>/", announcing_views.ask, name="tickets-tell-me"),
    path("confirm/<slug:secret>/", announcing_views.confirm, name="tickets-alert-confirm"),
    path("stop/<slug:secret>/", announcing_views.stop, name="tickets-alert-stop"),
]

plain: list[URLPattern | URLResolver] = [
    path("api/v1/ticket-keys.json", views.ticket_keys, name="tickets-keys"),
    path("api/v1/stripe/events", stripe_views.events, name="tickets-stripe-events"),
    *urls.plain,
]

localized: list[URLPattern | URLResolver] = [
    path(_p("address", "tickets/"), views.office, name="tickets-office"),
    path(_p("address", "tickets/basket/"), basket_views.basket, name="tickets-basket"),
    path(_p("address", "tickets/places/"), views.places, name="tickets-places"),
    path(_p("address", "tickets/request/<slug:slug>/"), approval_views.apply, name="tickets-request"),
    path(_p("address", "tickets/waiting-room/"), waiting_room_views.waiting_room, name="tickets-waiting-room"),
    path(_p("address", "tickets/workshops/<uuid:uuid>/"), workshop_views.book, name="tickets-workshop"),
    path(_p("address", "tickets/waiting/<slug:secret>/"), workshop_views.waiting_entry, name="tickets-waiting"),
    path(_p("address", "tickets/solidarity/"), solidarity_views.ask, name="tickets-solidarity"),
    path(_p("address", "tickets/solidarity/<slug:secret>/"), solidarity_views.asked, name="tickets-solidarity-request"),
    path(_p("address", "tickets/find/"), include(_find)),
    path(_p("address", "tickets/tell-me/"), include(_tell_me)),
    path(_p("address", "tickets/guest/<slug:secret>/"), include(_guest)),
    path(_p("address", "order/<slug:code>/<slug:secret>/"), include(_order)),
]
