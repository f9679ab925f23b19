"""The part `ticketing` of the demonstration's file."""

from typing import Annotated, Any

from pydantic import Field

from festival.importing.values import (
    NOT_IMPORTED,
    Currency,
    Day,
    Moment,
    Row,
    Words,
    one_of,
    reference,
    short_name,
    texts,
    whole,
)

CENTS = 10_000_000
PLACES = 1_000_000
Cents = Annotated[int, *whole(0, CENTS)]
Rate = Annotated[float, Field(ge=0, le=100)]
Size = Annotated[int, *whole(1, PLACES)]


class Tier(Row):
    """`ticketing.tickets[].tiers[]`: one of the prices to choose from."""

    id: Annotated[str, *short_name()]
    name: Annotated[Words, *texts(80, required=True)]
    price_cents: Cents
    help: Annotated[Words, *texts(250)] | None = None
    default: bool = False


class CustomAmount(Row):
    """`ticketing.tickets[].custom_amount`: a price of one's own, between two."""

    min_cents: Cents
    max_cents: Cents


class _Sold(Row):
    """What tickets and extras have in common."""

    id: Annotated[str, *short_name()]
    name: Annotated[Words, *texts(120, required=True)]
    description: Annotated[Words, *texts()] | None = None
    price_cents: Cents | None = None
    vat_rate: Rate = 0
    quantity: Size | None = None
    vat_rate_if_taxable: Any = Field(None, description=NOT_IMPORTED)


class TicketRow(_Sold):
    """`ticketing.tickets[]`."""

    currency: Currency | None = None
    vat_note: Annotated[Words, *texts(160)] | None = None
    sale_opens: Moment | None = None
    sale_closes: Moment | None = None
    refundable_until: Moment | None = None
    quantity_per_day: Size | None = None
    max_per_order: Annotated[int, *whole(1, 100)] | None = None
    requires_approval: bool = False
    named: bool = False
    transferable: bool = True
    visibility: Annotated[str, *one_of(["public", "hidden"])] = "public"
    valid_days: list[Day]
    choose: Annotated[str, *one_of(["one_day"])] | None = None
    tiers: list[Tier] | None = None
    custom_amount: CustomAmount | None = None
    proof: Annotated[Words, *texts(250)] | None = None
    sample: Any = Field(None, description=NOT_IMPORTED)
    document: Annotated[str, *one_of(["no", "optional", "required"])] = "no"
    funded_by: str | None = None
    badge_as: Annotated[str, *reference("tickets")] | None = None
    min_shifts: Any = Field(None, description=NOT_IMPORTED)


class AddonRow(_Sold):
    """`ticketing.addons[]`: extras and donations."""

    suggested_cents: list[Cents] | None = None
    visibility: Annotated[str, *one_of(["public", "hidden"])] = "public"
    per_day: bool = False
    days: list[Day] | None = None
    donation: bool = False
    min_cents: Cents | None = None
    max_cents: Cents | None = None
    included_in: Any = Field(None, description=NOT_IMPORTED)
    adults_only: Any = Field(None, description=NOT_IMPORTED)
    options: Any = Field(None, description=NOT_IMPORTED)
    fund: str | None = None
    deposit: Any = Field(None, description=NOT_IMPORTED)


class PartRow(Row):
    """`ticketing.sets[].parts[]`: so many of a ticket or an extra, and what each has of the price."""

    product: Annotated[str, *short_name()]
    count: Annotated[int, *whole(1, 20)] = 1
    share_cents: Cents


class SetRow(_Sold):
    """`ticketing.sets[]`: several products for one price."""

    currency: Currency | None = None
    description: Annotated[Words, *texts()] | None = None
    vat_note: Annotated[Words, *texts(160)] | None = None
    sale_opens: Moment | None = None
    sale_closes: Moment | None = None
    refundable_until: Moment | None = None
    max_per_order: Annotated[int, *whole(1, 100)] | None = None
    valid_days: list[Day]
    choose: Annotated[str, *one_of(["one_day"])] | None = None
    parts: list[PartRow]


class SharedQuota(Row):
    """`ticketing.quotas[]`: one tent for several products, on each of its days."""

    name: Annotated[Words, *texts(120, required=True)]
    products: list[Annotated[str, *reference("tickets")]]
    days: list[Day]
    size_per_day: Size


class PromoCode(Row):
    """`ticketing.promo_codes[]`: a code that makes something cheaper, or opens what is hidden."""

    code: Annotated[str, Field(min_length=1, max_length=32)]
    type: Annotated[str, *one_of(["percent", "free", "amount", "opens"])]
    value: Annotated[int, *whole(0, CENTS)] = 0
    applies_to: list[str]
    max_uses: Size | None = None
    used: Annotated[int, *whole(0, PLACES)] = 0
    expires: Moment | None = None
    label: Annotated[Words, *texts(80)] | None = None


class Gift(Row):
    """`ticketing.funds[].gifts[]`: what an invented person gave."""

    name: str
    email: str
    cents: Annotated[int, *whole(1, CENTS)]


class Fund(Row):
    """`ticketing.funds[]`: the solidarity pot. A ticket that names it in `funded_by` is given by it."""

    id: Annotated[str, *short_name()]
    name: Annotated[Words, *texts(120, required=True)]
    unit_cents: Cents
    automatic_per_day: Annotated[int, *whole(0, 20)] = 2
    gifts: list[Gift] | None = None
    sample: Any = Field(None, description=NOT_IMPORTED)


class OptionRow(Row):
    """`ticketing.questions[].options[]`: one of the answers to choose from."""

    id: Annotated[str, *short_name()]
    name: Annotated[Words, *texts(120, required=True)]


class After(Row):
    """`ticketing.questions[].after`: asked only if another question was answered like this."""

    question: Annotated[str, *short_name()]
    answers: list[str]


class QuestionRow(Row):
    """`ticketing.questions[]`: what buyers and holders are asked."""

    id: Annotated[str, *short_name()]
    text: Annotated[Words, *texts(200, required=True)]
    help: Annotated[Words, *texts(250)] | None = None
    kind: Annotated[
        str, *one_of(["line", "text", "number", "age", "yes_no", "choice", "choices", "date", "country", "phone"])
    ]
    subject: Annotated[str, *one_of(["place", "order"])] = "place"
    asked: Annotated[str, *one_of(["purchase", "door"])] = "purchase"
    products: list[str]
    required: bool = False
    lowest: Annotated[int, *whole(0, PLACES)] | None = None
    highest: Annotated[int, *whole(0, PLACES)] | None = None
    health: bool = False
    changeable_until: Moment | None = None
    options: list[OptionRow] | None = None
    after: After | None = None


class PaymentRow(Row):
    """`ticketing.payment`: by which ways money is taken."""

    account_holder: str | None = None
    iban: str | None = None
    bic: str | None = None
    transfer_days: Annotated[int, *whole(1, 60)] | None = None
    takes_onsite: bool = False
    onsite_help: Annotated[Words, *texts(200)] | None = None


class Shop(Row):
    """`ticketing`."""

    tickets: list[TicketRow]
    addons: list[AddonRow]
    sets: list[SetRow] | None = None
    quotas: list[SharedQuota]
    payment: PaymentRow | None = None
    funds: list[Fund] | None = None
    promo_codes: list[PromoCode] | None = None
    questions: list[QuestionRow] | None = None
