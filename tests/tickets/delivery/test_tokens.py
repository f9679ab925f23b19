"""The codes on a ticket."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, strategies as st

from tickets.delivery import tokens
from tickets.exceptions import MalformedCode

VECTORS = json.loads((Path(__file__).parent / "token_vectors.json").read_text())
KEY = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(VECTORS["private"]))
PUBLIC = KEY.public_key().public_bytes_raw()

any_parts = st.builds(
    tokens.Parts,
    kid=st.integers(0, 15),
    edition=st.integers(0, 2**16 - 1),
    ticket=st.integers(0, 2**32 - 1),
    issue=st.integers(0, 255),
    product=st.integers(0, 255),
    zoneset=st.integers(0, 255),
    days=st.integers(0, 2**16 - 1),
)


@pytest.mark.parametrize("vector", VECTORS["tokens"], ids=lambda vector: vector["why"])
def test_vectors_are_reproduced(vector):
    parts = tokens.Parts(**vector["parts"])

    text = tokens.sign(parts, KEY)

    assert text == vector["text"]
    assert bytes.fromhex(VECTORS["public"]) == PUBLIC


@pytest.mark.parametrize("vector", VECTORS["read_as"], ids=lambda vector: vector["why"])
def test_vectors_are_read(vector):
    token = tokens.parse(vector["text"])

    assert asdict(token.parts) == vector["parts"]
    assert tokens.verify(token, PUBLIC) is vector["genuine"]


@pytest.mark.parametrize("vector", VECTORS["refused"], ids=lambda vector: vector["why"])
def test_malformed_tokens_are_refused(vector):
    with pytest.raises(MalformedCode):
        tokens.parse(vector["text"])


@given(any_parts)
def test_a_signed_token_says_what_was_signed(parts):
    token = tokens.parse(tokens.sign(parts, KEY))

    assert token.parts == parts
    assert tokens.verify(token, PUBLIC)


@given(any_parts, st.integers(0, 75), st.integers(1, 255))
def test_any_changed_byte_is_noticed(parts, position, difference):
    raw = bytearray(tokens._number(tokens.sign(parts, KEY)).__rshift__(2).to_bytes(76))
    raw[position] ^= difference

    try:
        token = tokens.parse(tokens._encode(bytes(raw)))
    except MalformedCode:
        assert position == 0
    else:
        assert not tokens.verify(token, PUBLIC)


@given(st.text(max_size=140))
def test_no_text_breaks_the_reader(text):
    for read in (tokens.parse, tokens.parse_short_code):
        try:
            read(text)
        except MalformedCode:
            continue


def test_a_signature_without_our_prefix_is_not_a_ticket():
    token = tokens.parse(VECTORS["tokens"][0]["text"])
    message = tokens._message(token.parts)

    assert not tokens.verify(tokens.Token(token.parts, KEY.sign(message)), PUBLIC)


@pytest.mark.parametrize(
    ("field", "value"),
    [("kid", 16), ("kid", -1), ("edition", 2**16), ("ticket", 2**32), ("issue", 256), ("product", 256), ("days", -1)],
)
def test_a_part_out_of_range_is_not_signed(field, value):
    parts = dict.fromkeys(("kid", "edition", "ticket", "issue", "product", "zoneset", "days"), 1) | {field: value}

    with pytest.raises(ValueError, match=r"kid|does not fit"):
        tokens.sign(tokens.Parts(**parts), KEY)


@pytest.mark.parametrize(
    ("indices", "mask"),
    [
        ([], 0),
        ([0], 1),
        ([1], 2),
        ([4, 5, 6], 0b1110000),
        ([0, 0], 1),
        ([15], 1 << 15),
        ([0, 16], 0),
        ([-1], 0),
        ([-1, 3], 0),
    ],
)
def test_days_mask(indices, mask):
    assert tokens.days_mask(indices) == mask


@given(st.integers(0, tokens.SHORT_CODES - 1))
def test_a_short_code_is_read_however_it_is_typed(number):
    code = tokens.short_code(number)
    sloppy = f" {tokens.spell_short_code(code).lower().replace('1', 'l').replace('0', 'o')} "

    assert len(code) == 8
    assert tokens.parse_short_code(sloppy) == code


@given(st.integers(0, tokens.SHORT_CODES - 1), st.integers(0, 7), st.sampled_from(tokens.ALPHABET))
def test_one_wrong_character_is_noticed(number, position, character):
    code = tokens.short_code(number)
    wrong = code[:position] + character + code[position + 1 :]

    if wrong != code:
        with pytest.raises(MalformedCode):
            tokens.parse_short_code(wrong)


@given(st.integers(0, tokens.SHORT_CODES - 1), st.integers(0, 7), st.integers(0, 7))
def test_two_swapped_characters_are_noticed(number, one, other):
    characters = list(tokens.short_code(number))
    characters[one], characters[other] = characters[other], characters[one]
    swapped = "".join(characters)

    if swapped != tokens.short_code(number):
        with pytest.raises(MalformedCode):
            tokens.parse_short_code(swapped)


@pytest.mark.parametrize("number", [-1, tokens.SHORT_CODES])
def test_a_number_without_short_code(number):
    with pytest.raises(ValueError, match="no short code"):
        tokens.short_code(number)


@pytest.mark.parametrize(("numbers", "mask"), [([], 0), ([1], 0b1), ([3, 1, 3], 0b101), (range(1, 9), 255)])
def test_each_zone_has_its_bit(numbers, mask):
    assert tokens.zone_mask(numbers) == mask
