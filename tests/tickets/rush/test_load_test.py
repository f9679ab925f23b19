"""`manage.py load_test` refuses before it does anything; the whole of it runs in `tests/browser/test_load_test.py`."""

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from tickets.models import Order

HERE = "http://127.0.0.1:9"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--url", "https://example.org"], "https://example.org is another machine"),
        (["--url", "http://198.51.100.7:8000"], "is another machine"),
        (["--url", HERE], "The orders would stay in a real database."),
        (["--rounds", "3"], "--rounds needs --visitors."),
        (["--free", "0", "--paid", "0"], "Nobody would come"),
        (["--free", "-1"], "Nobody would come"),
        (["--rate", "0"], "are above 0"),
        (["--visitors", "0"], "are above 0"),
        (["--places", "-5"], "are above 0"),
    ],
)
def test_it_refuses_in_one_line(arguments, said):
    with pytest.raises(CommandError) as refused:
        call_command("load_test", *arguments)

    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.django_db
@override_settings(DEMO=True)
def test_without_an_edition_there_is_nothing_to_order():
    with pytest.raises(CommandError, match="no current edition"):
        call_command("load_test", "--url", HERE)
    assert not Order.objects.exists()
