"""The groups of a festival team and what each may do. `manage.py set_up_roles` brings the database in line.

Rights are given to groups, never to persons. Each app's `roles.py` says what the groups may do with its tables; the
setting `ROLES` names them.
"""

from collections.abc import Iterator, Mapping

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.utils.module_loading import import_string

EDITORS = "Editors"  # Wagtail makes this group and Moderators with their rights on pages
MODERATORS = "Moderators"
TICKET_OFFICE = "Ticket office"
JURY_OFFICE = "Jury office"
DOOR = "Door team"
JURY = "Jury"

# Codenames of permissions by "app.model": `change` on "program.session" is program.change_session; one that names no
# action of a table, such as `scan`, is taken as it stands.
Rights = Mapping[str, tuple[str, ...]]

ALL: tuple[str, ...] = ("add", "change", "delete", "publish", "lock", "unlock")
READ: tuple[str, ...] = ("view",)
ENTER: Rights = {"wagtailadmin.admin": ("access_admin",)}
_EDITION: Rights = {f"festival.{model}": ALL for model in ("edition", "section", "day", "openinghours", "phase")}

ROLES: dict[str, Rights] = {
    EDITORS: _EDITION,
    MODERATORS: {**_EDITION, "festival.auditentry": READ},
    TICKET_OFFICE: {**ENTER, "festival.outgoingmail": ("view", "change")},
    JURY_OFFICE: ENTER,
    DOOR: {},
    JURY: {},
}


def set_up() -> None:
    """Make the groups and give each the rights it lacks; rights that an organiser added by hand stay."""
    for name in settings.ROLES:
        for role, rights in import_string(name).items():
            group, _ = Group.objects.get_or_create(name=role)
            group.permissions.add(*_permissions(rights))


def _permissions(rights: Rights) -> Iterator[Permission]:
    for target, actions in rights.items():
        app, model = target.split(".")
        names = {f"{action}_{model}" for action in actions} | set(actions)
        yield from Permission.objects.filter(content_type__app_label=app, codename__in=names)
