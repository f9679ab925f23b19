"""Registration only."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from awards.models import Assignment, Call, Entry, Juror
from awards.office.viewsets import AssignmentPolicy, AwardsViewSetGroup, KeptPolicy

for model in (Call, Entry, Juror):
    register_permission_policy(model, KeptPolicy(model))
register_permission_policy(Assignment, AssignmentPolicy(Assignment))


@hooks.register("register_admin_viewset")
def awards_screens() -> AwardsViewSetGroup:
    """Show the awards in the admin menu."""
    return AwardsViewSetGroup()
