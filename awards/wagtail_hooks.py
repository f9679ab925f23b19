"""Registration only."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from awards.models import Assignment, Call, Entry, Juror, Rubric
from awards.office.base import AssignmentPolicy, KeptPolicy
from awards.office.viewsets import AwardsViewSetGroup

for model in (Call, Entry, Juror, Rubric):
    register_permission_policy(model, KeptPolicy(model))
register_permission_policy(Assignment, AssignmentPolicy(Assignment))


@hooks.register("register_admin_viewset")
def awards_screens() -> AwardsViewSetGroup:
    """Show the awards in the admin menu."""
    return AwardsViewSetGroup()
