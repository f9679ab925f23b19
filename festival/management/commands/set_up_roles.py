"""Give the groups of the team their rights."""

from typing import Any

from django.core.management.base import BaseCommand

from festival import roles


class Command(BaseCommand):
    """Run it once after the first `migrate`, and again after an update."""

    help = "Make the groups of the team (editors, ticket office, door, jury) and give them their rights."

    def handle(self, *, verbosity: int, **options: Any) -> None:
        """Do it and name the groups."""
        roles.set_up()
        if verbosity:
            self.stdout.write("Groups are ready: " + ", ".join(roles.ROLES) + ".")
