import pytest
from django.utils import translation
from django.utils.translation import gettext

from festival.text.borrowed import SENTENCES


@pytest.mark.parametrize("sentence", sorted(SENTENCES))
def test_french_says_it_as_the_rest_of_the_site_does(sentence):
    with translation.override("fr"):
        said = gettext(sentence)

    assert said != sentence
    assert not any(word in said.lower() for word in ("e-mail", " mail", "(e)", "(le)", "(la)"))


def test_english_stays_as_the_packages_wrote_it():
    with translation.override("en"):
        assert gettext("Skip to main content") == "Skip to main content"
