import json
from dataclasses import replace

import jsonschema
import pytest
from hypothesis import given, strategies as st

from program.published import codec
from program.published.snapshot import Move, Recording, Unlisted, Withdrawn
from tests.factories import published as sample

ROUND_TRIPS = {
    "plain": sample.PROGRAMME,
    "moved": replace(
        sample.PROGRAMME,
        occurrences=(
            replace(
                sample.OCCURRENCE,
                fallback_room=sample.OTHER_ROOM,
                move=Move(sample.RELEASED, sample.OTHER_ROOM, sample.moment("2031-03-30T09:30")),
            ),
        ),
    ),
    "recorded": replace(
        sample.PROGRAMME,
        sessions=(recorded := replace(sample.SESSION, recording=Recording("https://example.org/film", "CC0-1.0")),),
        occurrences=(replace(sample.OCCURRENCE, session=recorded),),
        books=(),
    ),
    "withdrawn": replace(
        sample.PROGRAMME,
        withdrawn=(Withdrawn("u", 7, sample.RELEASED, sample.moment("2031-02-01T10:00"), 3, sample.RELEASED),),
    ),
}


@pytest.mark.parametrize("programme", ROUND_TRIPS.values(), ids=ROUND_TRIPS)
def test_what_is_written_is_read_as_the_same_objects(programme):
    public, everything = codec.parse(codec.write(programme))

    assert public == programme
    assert everything is public


def test_what_is_read_is_written_as_the_same_bytes(demo):
    public, _ = codec.parse(demo.snapshot)

    assert codec.write(public) == demo.snapshot


def test_references_are_short_names_in_json_and_one_object_in_python():
    written = codec.row(sample.PROGRAMME)
    public, _ = codec.parse(codec.write(sample.PROGRAMME))

    assert (written["occurrences"][0]["session"], written["rooms"][0]["venue"]) == ("redes", "puerto")
    assert written["sessions"][0]["speakers"] == [{"speaker": "marta", "role": "speaker"}]
    assert public.occurrences[0].session is public.sessions[0]
    assert public.books[0].sessions[0] is public.sessions[0]


def test_moments_come_back_in_the_zone_of_the_festival():
    text = codec.write(sample.PROGRAMME).replace("2031-03-30T10:00:00+01:00", "2031-03-30T09:00:00Z")

    public, _ = codec.parse(text)

    assert public.occurrences[0].starts_at.isoformat() == "2031-03-30T10:00:00+01:00"


def test_unlisted_sessions_join_only_the_programme_of_direct_links():
    speaker = replace(sample.SPEAKER, slug="ane", sort_name="Abad Ane")
    hidden = replace(sample.SESSION, slug="secreta", billings=())
    early = replace(sample.OCCURRENCE, uuid="early", session=hidden, starts_at=sample.moment("2031-03-30T08:00"))
    extra = Unlisted(speakers=(speaker,), sessions=(hidden,), occurrences=(early,))

    public, everything = codec.parse(codec.write(sample.PROGRAMME), codec.write(extra))

    assert [session.slug for session in public.sessions] == ["redes"]
    assert [session.slug for session in everything.sessions] == ["redes", "secreta"]
    assert [occurrence.uuid for occurrence in everything.occurrences] == ["early", sample.OCCURRENCE.uuid]
    assert [one.slug for one in everything.speakers] == ["ane", "marta"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda data: data["occurrences"][0].update(room="luna"), "no room is called 'luna'"),
        (lambda data: data["sessions"][0].pop("title"), "Field required"),
        (lambda data: data["occurrences"][0].update(starts_at="soon"), "valid datetime"),
    ],
)
def test_unreadable_json_is_refused_with_its_place(change, fault):
    data = codec.row(sample.PROGRAMME)
    change(data)

    with pytest.raises(ValueError, match=fault):
        codec.parse(json.dumps(data))


def test_unknown_keys_are_ignored_as_the_format_promises():
    data = codec.row(sample.PROGRAMME)
    data["novelty"] = 1
    data["sessions"][0]["novelty"] = 2

    assert codec.parse(json.dumps(data))[0] == sample.PROGRAMME


@given(st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5) | st.none(), max_size=5))
def test_canonical_json_does_not_depend_on_the_order_of_keys(data):
    assert codec.canonical(data) == codec.canonical(dict(reversed(data.items())))


def test_the_demonstration_is_valid_against_the_published_schema(demo):
    schema = codec.schema()
    jsonschema.Draft202012Validator.check_schema(schema)

    jsonschema.validate(json.loads(demo.snapshot), schema)


def test_the_schema_refuses_a_programme_without_its_rooms(demo):
    data = json.loads(demo.snapshot)
    del data["rooms"]

    with pytest.raises(jsonschema.ValidationError, match="'rooms' is a required property"):
        jsonschema.validate(data, codec.schema())
