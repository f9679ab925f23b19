import pytest
from django.core.management import call_command

from festival import roles
from festival.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    roles.set_up()

    def of(*groups):
        user = User.objects.create_user(f"{len(User.objects.all())}@example.org")
        user.groups.set(roles.Group.objects.filter(name__in=groups))
        return user

    return of


@pytest.mark.parametrize(
    ("group", "may", "may_not"),
    [
        (roles.EDITORS, "program.change_session", "program.add_release"),
        (roles.MODERATORS, "program.add_release", "tickets.view_order"),
        (roles.TICKET_OFFICE, "tickets.view_order", "tickets.change_order"),
        (roles.MODERATORS, "festival.view_auditentry", "festival.view_outgoingmail"),
        (roles.TICKET_OFFICE, "festival.change_outgoingmail", "festival.view_auditentry"),
        (roles.JURY_OFFICE, "awards.add_assignment", "awards.view_scorecard"),
        (roles.DOOR, "tickets.scan", "tickets.view_order"),
    ],
)
def test_rights_of_a_group(member, group, may, may_not):
    user = member(group)

    assert user.has_perm(may)
    assert not user.has_perm(may_not)


def test_nobody_in_the_groups_reads_score_cards(member):
    user = member(*roles.ROLES)

    assert [name for name in user.get_all_permissions() if "score" in name and "scalelevel" not in name] == []


def test_every_right_exists():
    missing = [
        f"{action} {target}"
        for rights in roles.ROLES.values()
        for target, actions in rights.items()
        for action in set(actions) & {"add", "change", "view", "scan", "access", "run"}
        if not list(roles._permissions({target: (action,)}))
    ]

    assert missing == []


def test_the_command_names_the_groups(capsys):
    call_command("set_up_roles")

    assert "Ticket office" in capsys.readouterr().out
