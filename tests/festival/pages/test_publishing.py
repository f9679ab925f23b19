import pytest

from festival.core.writing import site_generation
from tests.factories.festival import StandardPageFactory


@pytest.mark.parametrize("change", ["publish", "unpublish", "move"])
def test_what_editors_publish_starts_a_new_generation(home, change):
    page = StandardPageFactory(parent=home, slug="plan")
    other = StandardPageFactory(parent=home, slug="autre")
    before = site_generation()

    if change == "publish":
        page.save_revision().publish()
    elif change == "unpublish":
        page.unpublish()
    else:
        page.move(other, pos="left")

    assert site_generation() != before


def test_a_draft_does_not(home):
    page = StandardPageFactory(parent=home)
    before = site_generation()

    page.save_revision()

    assert site_generation() == before
