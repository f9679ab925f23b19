"""The groups of a festival team and what each may do. `manage.py set_up_roles` brings the database in line.

Rights are given to groups, never to persons, so that an organiser can read here who may see what.
"""

from collections.abc import Iterator

from django.contrib.auth.models import Group, Permission

from festival.accounts import DOOR, JURY

EDITORS = "Editors"  # Wagtail makes this group and Moderators with their rights on pages
MODERATORS = "Moderators"
TICKET_OFFICE = "Ticket office"
JURY_OFFICE = "Jury office"

Rights = dict[str, tuple[str, ...]]

ALL: tuple[str, ...] = ("add", "change", "delete", "publish", "lock", "unlock")
READ: tuple[str, ...] = ("view",)
_EDITION: Rights = {f"festival.{model}": ALL for model in ("edition", "day", "phase", "section")}
_PROGRAMME: Rights = {
    f"program.{model}": ALL
    for model in (
        "book",
        "exhibitor",
        "format",
        "occurrence",
        "partner",
        "room",
        "session",
        "speaker",
        "tag",
        "track",
        "venue",
    )
}
_CATALOGUE: Rights = {f"tickets.{model}": ALL for model in ("product", "price", "quota")}
_DOOR: Rights = {f"tickets.{model}": ALL for model in ("gate", "checkinlist", "device")}
_BOOKS: Rights = {f"tickets.{model}": READ for model in ("order", "position", "checkin")}
_CALLS: Rights = {f"awards.{model}": ALL for model in ("call", "category", "criterion", "scalelevel", "entry")}
_JURY: Rights = {f"awards.{model}": ALL for model in ("juror", "assignment")}

# Scores and comments of jurors are in nobody's list: the chair reads them in the jury's own pages.
ROLES: dict[str, Rights] = {
    EDITORS: _PROGRAMME | _EDITION,
    MODERATORS: _PROGRAMME | _EDITION | _CATALOGUE | _CALLS | {"program.release": ("add",)},
    TICKET_OFFICE: _CATALOGUE | _DOOR | _BOOKS | {"wagtailadmin.admin": ("access",)},
    JURY_OFFICE: _CALLS | _JURY | {"wagtailadmin.admin": ("access",), "awards.jury": ("run",)},
    DOOR: {"tickets.checkin": ("scan",)},
    JURY: {},
}


def set_up() -> None:
    """Make the groups and give each the rights it lacks; rights that an organiser added by hand stay."""
    for name, rights in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*_permissions(rights))


def _permissions(rights: Rights) -> Iterator[Permission]:
    for target, actions in rights.items():
        app, model = target.split(".")
        names = {f"{action}_{model}" for action in actions} | (set(actions) & {"scan"})
        yield from Permission.objects.filter(content_type__app_label=app, codename__in=names)
