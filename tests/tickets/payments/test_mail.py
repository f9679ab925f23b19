"""The mails about paying, in both languages; and that none goes out when it is not true any more."""

import pytest

from tests.factories.festival import OutgoingMailFactory
from tests.factories.tickets import OrderFactory, PaymentFactory, RefundFactory
from tickets.models import Order, Payment, Refund
from tickets.payments import mail

pytestmark = pytest.mark.django_db


def letter(build, fact, language="fr"):
    Order.objects.update(language=language)
    row = OutgoingMailFactory(fact_type=fact._meta.label_lower, fact_id=str(fact.pk))
    return build(row)


def body(message):
    (html, _kind) = message.alternatives[0]
    for typed in (message.subject, message.body, html):
        assert "%(" not in typed
    return f"{message.subject}\n{message.body}"


@pytest.mark.parametrize(
    ("build", "language", "words"),
    [
        (mail.build_instructions, "fr", ["À payer", "FR14 2004", "virer 110", "Titulaire"]),
        (mail.build_instructions, "en", ["To be paid", "FR14 2004", "by bank transfer", "Account holder"]),
        (mail.build_reminder, "fr", ["Encore à payer", "ne faites rien"]),
        (mail.build_reminder, "en", ["Still to be paid", "do nothing"]),
        (mail.build_short, "fr", ["Il manque encore 110"]),
        (mail.build_short, "en", ["are still missing"]),
    ],
)
def test_how_to_pay(payment, build, language, words):
    said = body(letter(build, payment, language))

    assert [word for word in words if word not in said] == []
    assert f"{payment.order.code[:4]} {payment.order.code[4:]}" in said


def test_the_code_stands_in_the_mail_and_the_page_is_attached(payment):
    message = letter(mail.build_instructions, payment)

    parts = {part.get_content_type(): part for part in message.message().walk()}
    assert f"cid:{payment.order.code}@transfer" in parts["text/html"].get_content()
    assert parts["image/png"]["Content-ID"] == f"<{payment.order.code}@transfer>"
    assert parts["application/pdf"].get_filename() == f"paiement-{payment.order.code}.pdf"


def test_on_site_has_no_account(payment):
    Payment.objects.update(provider="onsite")

    said = body(letter(mail.build_instructions, payment))
    assert "sur place" in said
    assert "IBAN" not in said


@pytest.mark.unsound
@pytest.mark.parametrize("build", [mail.build_instructions, mail.build_reminder, mail.build_short])
def test_what_is_not_awaited_is_not_asked_for(payment, build):
    Payment.objects.update(state="failed")
    assert letter(build, payment) is None

    Payment.objects.update(state="pending")
    Order.objects.update(state="expired")
    assert letter(build, payment) is None
    assert letter(build, payment.order) is None


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("provider", ["transfer", "onsite"])
@pytest.mark.parametrize("reason", list(Refund.Reason.values))
@pytest.mark.unsound
def test_what_goes_back_and_why(village, language, provider, reason):
    payment = PaymentFactory(order=OrderFactory(edition=village.edition))
    refund = RefundFactory(payment=payment, state="created", provider=provider, reason=reason)

    said = body(letter(mail.build_refunded, refund, language))

    assert "55" in said
    assert payment.order.code in said
    Refund.objects.update(state="failed")
    assert letter(mail.build_refunded, refund) is None
    assert letter(mail.build_refunded, payment) is None


@pytest.mark.parametrize(
    ("language", "word"), [("fr", "Le délai de paiement est passé"), ("en", "The time to pay is over")]
)
def test_what_has_expired(waiting, language, word):
    assert letter(mail.build_expired, waiting) is None
    Order.objects.update(state="expired")
    for quota in waiting.edition.quotas.all():
        quota.taken = 0
        quota.save()

    assert word in body(letter(mail.build_expired, waiting, language))
