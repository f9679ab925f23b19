"""The address to which Stripe sends events."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from festival.time import clock
from tickets.stripe import receiving, webhook

LONGEST = 512 * 1024  # bytes of an event; Stripe's are a few thousand


@csrf_exempt
@require_POST
def events(request: HttpRequest) -> HttpResponse:
    """Store an event; it is answered with 204 only once it is stored, and with 400 if it is not Stripe's."""
    if not settings.STRIPE_WEBHOOK_SECRET:
        return HttpResponse(status=404)
    if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST:
        return HttpResponse(status=413)
    try:
        event = webhook.event_of(request.body, request.headers.get("Stripe-Signature", ""))
    except ValueError:
        return HttpResponse("The signature is missing, wrong or too old.", status=400, content_type="text/plain")
    receiving.receive(event, now=clock.now())
    return HttpResponse(status=204)
