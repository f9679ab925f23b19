import pytest
from django.urls import reverse

from tests.factories.tickets import GateFactory, ProductFactory

pytestmark = pytest.mark.django_db

FOLLOWS = "keyup-&gt;w-sync#apply"


def test_the_short_name_of_a_new_row_follows_its_name_in_the_main_language(editor_client):
    page = editor_client.get(reverse("gates:add")).text

    assert page.count(FOLLOWS) == 1
    assert FOLLOWS in page[page.index('id="id_name_fr"') :].partition(">")[0]
    assert 'data-w-sync-target-value="#id_slug"' in page


@pytest.mark.parametrize(("factory", "name"), [(GateFactory, "gates"), (ProductFactory, "product")])
def test_the_short_name_of_a_saved_row_stays(editor_client, factory, name):
    row = factory()

    assert FOLLOWS not in editor_client.get(reverse(f"{name}:edit", args=[row.pk])).text
