"""The app's addresses: `plain` ones for machines, `localized` ones for people (under /fr/ and /en/)."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import pgettext_lazy as _p

from tickets.door import urls
from tickets.orders import views

_order: list[URLPattern | URLResolver] = [
    path("", views.order, name="tickets-order"),
    path("tickets.pdf", views.order_pdf, name="tickets-order-pdf"),
    path("tickets.ics", views.order_ics, name="tickets-order-ics"),
    path("mail/", views.resend, name="tickets-order-mail"),
]

plain: list[URLPattern | URLResolver] = [
    path("api/v1/ticket-keys.json", views.ticket_keys, name="tickets-keys"),
    *urls.plain,
]

localized: list[URLPattern | URLResolver] = [
    path(_p("address", "tickets/"), views.office, name="tickets-office"),
    path(_p("address", "order/<slug:code>/<slug:secret>/"), include(_order)),
]
