import json
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from festival.core import audit
from festival.core.audit import Act, Actor
from festival.core.writing import writing
from festival.models import AppendOnly, AuditEntry, Edition, SealHead
from tests.factories.festival import EditionFactory, UserFactory, audit_entry

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 5, 2, 9, 30, tzinfo=UTC)
TICK = Actor.system("tick")


def record(verb="order.placed", subject=None, **options):
    options = {"actor": TICK, "at": NOW} | options
    with writing(public=False):
        audit.record(verb, subject or EditionFactory(), **options)
    return AuditEntry.objects.latest("pk")


# Recording ------------------------------------------------------------------------------------------------------------


def test_an_entry_says_who_did_what_when():
    edition, user = EditionFactory(), UserFactory()

    entry = record("edition.opened", edition, actor=Actor.of_user(user), edition=edition, facts={"places": 3})

    assert (entry.at, entry.verb, entry.edition, entry.facts) == (NOW, "edition.opened", "2027", {"places": 3})
    assert (entry.actor, entry.actor_name) == (f"user:{user.pk}", "Aïcha Le Goff")
    assert (entry.subject_type, entry.subject_id) == ("festival.edition", str(edition.pk))
    assert entry.subject_name == str(edition)
    assert (entry.position, entry.previous, entry.seal) == (None, None, None)
    assert str(entry) == f"edition.opened {edition}"


@pytest.mark.parametrize(
    ("actor", "key", "name"),
    [
        (Actor.of_order("ABCD2345"), "order:ABCD2345", ""),
        (Actor.of_order("ABCD2345", "Lina"), "order:ABCD2345", "Lina"),
        (TICK, "system:tick", ""),
    ],
)
def test_actors_besides_people(actor, key, name):
    assert (actor.key, actor.name) == (key, name)


def test_recording_is_one_insert(django_assert_num_queries):
    edition, user = EditionFactory(), UserFactory()

    with transaction.atomic():
        with django_assert_num_queries(1):
            audit.record("order.placed", edition, actor=Actor.of_user(user), at=NOW, edition=edition, facts={"n": 1})
        with django_assert_num_queries(1):
            acts = [Act("order.placed", edition, {"n": number}) for number in range(50)]
            audit.record_many(acts, actor=TICK, at=NOW)

    assert AuditEntry.objects.count() == 51


@pytest.mark.django_db(transaction=True)
def test_an_act_that_is_given_up_is_not_recorded():
    edition = EditionFactory()

    def fail():
        with writing(public=False):
            audit.record("order.placed", edition, actor=TICK, at=NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with pytest.raises(RuntimeError, match="Acts are recorded only within"):
        audit.record("order.placed", edition, actor=TICK, at=NOW)

    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("verb", ["placed", "order placed", "Order.placed", "order.placed.twice", "order._placed", ""])
def test_verbs_have_one_shape(verb):
    with pytest.raises(ValueError, match="written like"):
        record(verb)


def test_the_subject_is_a_stored_row():
    with pytest.raises(ValueError, match="not stored yet"):
        record(subject=Edition())


# Facts ----------------------------------------------------------------------------------------------------------------


def test_facts_are_plain_values():
    paris = timezone(timedelta(hours=2))
    facts = {
        "moment": datetime(2027, 5, 2, 11, 30, tzinfo=paris),
        "day": date(2027, 5, 2),
        "id": UUID(int=7),
        "rows": (1, None, True),
        "state": {"before": "held", "after": "paid"},
    }

    assert record(facts=facts).facts == {
        "moment": "2027-05-02 09:30:00+00:00",
        "day": "2027-05-02",
        "id": "00000000-0000-0000-0000-000000000007",
        "rows": [1, None, True],
        "state": {"before": "held", "after": "paid"},
    }


@pytest.mark.parametrize("facts", [{"token": 1}, {"order": {"short_code": "X"}}, {"rows": [{"password": None}]}])
def test_facts_named_like_secrets_are_refused(facts):
    with pytest.raises(ValueError, match="no secrets"):
        record(facts=facts)


def test_what_people_typed_is_kept_without_addresses_and_secrets():
    """Refusing it would let a visitor's text stop the action."""
    facts = {"reason": "ask lina@example.org", "links": ["https://x.example/aB3dE6gH9jK2mN5pQ8sT1vW4yZ7"]}

    assert record(facts=facts).facts == {"reason": "ask […]", "links": ["https://x.example/[…]"]}


@pytest.mark.parametrize("value", [1.5, b"x", {1}, object()])
def test_other_values_are_refused(value):
    with pytest.raises(TypeError, match="does not hold"):
        record(facts={"value": value})


def test_facts_are_small():
    with pytest.raises(ValueError, match="at most 4000"):
        record(facts={"reason": "é " * 2000})


def test_names_are_cut_to_their_columns_and_hold_no_address():
    actor = Actor("user:1", "x" * 300)
    entry = record(actor=actor, subject=UserFactory(first_name="", last_name=""))

    assert entry.actor_name == "x" * 150
    assert entry.subject_name == "[…]"


# Written once ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: AuditEntry.objects.update(verb="x.y"),
        lambda entry: AuditEntry.objects.filter(pk=entry.pk).delete(),
        lambda entry: AuditEntry.objects.bulk_update([entry], ["verb"]),
        lambda entry: AuditEntry.objects.update_or_create(pk=entry.pk, defaults={"verb": "x.y"}),
    ],
)
def test_python_refuses_to_rewrite(change):
    entry = record()

    with pytest.raises(AppendOnly, match="written once"), transaction.atomic():
        change(entry)
    assert AuditEntry.objects.get().verb == "order.placed"


@pytest.mark.parametrize(
    "change",
    ["verb = 'x.y'", "at = '2020-01-01 00:00:00'", "facts = '{}'", "actor = 'user:2'", "actor_name = 'Bob'", "id = 99"],
)
@pytest.mark.parametrize("is_sealed", [False, True])
def test_the_database_refuses_to_rewrite(change, is_sealed):
    record(facts={"places": 3})
    if is_sealed:
        audit.seal(NOW)

    with pytest.raises(IntegrityError, match="written once"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE festival_auditentry SET {change}")


def test_the_database_refuses_another_seal():
    record()
    audit.seal(NOW)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE festival_auditentry SET seal = %s", ["f" * 64])


def test_an_erasure_may_blank_the_names():
    record()
    audit.seal(NOW)

    with connection.cursor() as cursor:
        cursor.execute("UPDATE festival_auditentry SET actor_name = '', subject_name = ''")

    assert AuditEntry.objects.get().subject_name == ""


def test_a_seal_without_a_position_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        audit_entry(seal="f" * 64)


# Sealing --------------------------------------------------------------------------------------------------------------


def test_the_chain_begins_with_noughts_and_goes_on(monkeypatch):
    monkeypatch.setattr(audit, "BATCH", 2)
    entries = [audit_entry(facts={"n": number}) for number in range(5)]

    assert audit.seal(NOW) == 5
    assert audit.seal(NOW) == 0
    later = audit_entry()
    assert audit.seal(NOW) == 1

    chain = list(AuditEntry.objects.order_by("position"))
    assert [entry.pk for entry in chain] == [entry.pk for entry in [*entries, later]]
    assert [entry.position for entry in chain] == [1, 2, 3, 4, 5, 6]
    assert [entry.previous for entry in chain] == ["0" * 64, *[entry.seal for entry in chain[:-1]]]
    head = SealHead.objects.get()
    assert (head.position, head.seal, head.sealed_at, str(head)) == (6, chain[-1].seal, NOW, "6")


def test_the_seal_is_what_the_documentation_says():
    """Computed here with nothing of ours, as a stranger would who checks the log."""
    import hashlib

    entry = record(edition=EditionFactory(), facts={"n": 1, "état": "payé"})
    audit.seal(NOW)
    row = {
        "actor": "system:tick",
        "at": "2027-05-02T09:30:00.000000+00:00",
        "edition": "2027",
        "facts": {"n": 1, "état": "payé"},
        "position": 1,
        "subject_id": entry.subject_id,
        "subject_type": "festival.edition",
        "verb": "order.placed",
    }
    text = json.dumps(row, separators=(",", ":"), sort_keys=True, ensure_ascii=False)

    assert AuditEntry.objects.get().seal == hashlib.sha256(("0" * 64 + text).encode()).hexdigest()


def test_a_batch_of_seals_costs_the_same_for_many(django_assert_num_queries):
    for _ in range(40):
        audit_entry()

    with django_assert_num_queries(2 * 6 + 1):  # two batches, the second finds nothing and writes no seal
        audit.seal(NOW)


def test_names_can_be_blanked_and_the_chain_stays_whole():
    edition = EditionFactory()
    with writing(public=False):
        audit.record("edition.changed", edition, actor=Actor("user:1", "Alice"), at=NOW)
    audit.seal(NOW)
    assert AuditEntry.objects.filter(actor="user:1").forget_subjects() == 1
    assert AuditEntry.objects.get().actor_name == "Alice"
    assert AuditEntry.objects.filter(actor="user:1").forget_names() == 1
    entry = AuditEntry.objects.get()
    assert (entry.actor_name, entry.subject_name, entry.seal is None) == ("", "", False)
