"""What codes are used for: the paid Fest of the steps of buying."""

from tests.tickets.buying.conftest import fest, lunch  # noqa: F401 -- fixtures
