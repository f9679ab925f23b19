"""Every refusal has its sentence, and a code says what it gives."""

import pytest
from django.utils.translation import override

from tests.factories.tickets import ProductFactory, VoucherFactory
from tickets.vouchers import wording
from tickets.vouchers.faults import VoucherRefused, VoucherUsed
from tickets.vouchers.rules import Refusal

pytestmark = pytest.mark.django_db


def test_no_two_refusals_read_the_same():
    with override("en"):
        said = [wording.refusal(VoucherRefused(why, left=2)) for why in Refusal]

    assert len(set(said)) == len(Refusal)


@pytest.mark.parametrize(
    ("effect", "value", "english", "french"),
    [
        ("percent", 2000, "Your code: 20% off.", "Votre code : 20 % de moins."),
        ("percent", 1250, "Your code: 12.5% off.", "Votre code : 12,5 % de moins."),
        ("amount", 1500, "Your code: €15 off each place.", "Votre code : 15 € de moins par place."),
        ("price", 3000, "Your code: €30 at the most for each place.", "Votre code : 30 € au plus par place."),
        ("price", 0, "Your code: free of charge.", "Votre code : gratuit."),
        ("none", 0, "Your code: it opens what is not on show.", "Votre code : il ouvre ce qui n’est pas affiché."),
    ],
)
def test_what_a_code_gives(effect, value, english, french):
    voucher = VoucherFactory(effect=effect, value=value)

    for language, sentence in (("en", english), ("fr", french)):
        with override(language):
            said = wording.gives(voucher).replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
        assert said == sentence


def test_a_code_for_some_products_names_them():
    voucher = VoucherFactory(products=[ProductFactory()])

    with override("en"):
        assert wording.gives(voucher).endswith("off, for Village entry (free).")


def test_why_a_used_code_stays_as_it_is():
    with override("en"):
        assert wording.changed_after_use(VoucherUsed(uses=1)) == "1 place was had with this code, so it stays."
        assert "“value” cannot change" in wording.changed_after_use(VoucherUsed(field="value", uses=2))
