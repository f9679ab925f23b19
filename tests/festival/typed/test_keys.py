import pytest

from festival.typed.keys import is_address, is_key


@pytest.mark.parametrize("text", ["0", "7", "9" * 18])
def test_what_can_be_a_number_of_a_row(text):
    assert is_key(text)


@pytest.mark.parametrize("text", ["", "-1", "1.5", "9" * 19, "9" * 5000, "²", "٣", " 7", "[["])
def test_what_cannot(text):
    assert not is_key(text)


@pytest.mark.parametrize("text", ["", "/fr/", "http://[::1]/", "https://example.org:99999/", "a b", "//"])
def test_what_can_be_taken_apart_as_an_address(text):
    assert is_address(text)


@pytest.mark.parametrize("text", ["http://[::1", "http://::1]/", "//[x"])
def test_what_has_half_a_host(text):
    assert not is_address(text)
