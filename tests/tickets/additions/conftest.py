"""The Fest and its lunch, as the tests of buying have them."""

from tests.tickets.buying.conftest import fest, lunch

__all__ = ["fest", "lunch"]
