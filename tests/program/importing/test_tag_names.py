import pytest
from django.core.validators import validate_slug
from hypothesis import given, strategies as st

from program.importing.tag_names import LONGEST, slug_of


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Música", "musica"),
        ("musica", "musica"),
        ("biens communs", "biens-communs"),
        ("l’eau d'ici", "leau-dici"),
        ("œuvre", slug_of("œuvre")),
    ],
)
def test_labels_of_latin_letters_are_spelled_out(name, slug):
    assert slug_of(name) == slug


def test_labels_that_are_not_the_same_never_share_a_name():
    names = ["音楽", "音樂", "موسيقى", "Café 音楽", "Café", "C", "C++", "C#", "🎪", "a" * 50, "a" * 51, "a" * 52]

    assert len({slug_of(name) for name in names}) == len(names)


@given(name=st.text(min_size=1, max_size=60))
def test_a_short_name_is_never_empty_and_stands_in_addresses(name):
    slug = slug_of(name)

    validate_slug(slug)
    assert len(slug) <= LONGEST
    assert slug_of(name) == slug
