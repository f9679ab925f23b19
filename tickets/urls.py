"""The app's addresses: `plain` ones for machines, `localized` ones for people (under /fr/ and /en/)."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import pgettext_lazy as _p

from tickets.door import urls
from tickets.orders import order_views, views
from tickets.selfservice import views as selfservice_views

_order: list[URLPattern | URLResolver] = [
    path("", order_views.order, name="tickets-order"),
    path("tickets.pdf", order_views.order_pdf, name="tickets-order-pdf"),
    path("tickets.ics", order_views.order_ics, name="tickets-order-ics"),
    path("mail/", order_views.resend, name="tickets-order-mail"),
    path("address/", order_views.correct_address, name="tickets-order-address"),
    path("confirm/<slug:token>/", order_views.confirm, name="tickets-order-confirm"),
    path("cancel/", order_views.cancel, name="tickets-order-cancel"),
    path("ticket/<int:number>/cancel/", selfservice_views.cancel, name="tickets-ticket-cancel"),
    path("ticket/<int:number>/name/", selfservice_views.rename, name="tickets-ticket-rename"),
    path("ticket/<int:number>/pass-on/", selfservice_views.pass_on, name="tickets-ticket-pass-on"),
]

plain: list[URLPattern | URLResolver] = [
    path("api/v1/ticket-keys.json", views.ticket_keys, name="tickets-keys"),
    *urls.plain,
]

localized: list[URLPattern | URLResolver] = [
    path(_p("address", "tickets/"), views.office, name="tickets-office"),
    path(_p("address", "order/<slug:code>/<slug:secret>/"), include(_order)),
]
