"""Registration only."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from awards.models import Assignment, Call, Entry, Juror, Question, Rubric
from awards.office.viewsets import AwardsViewSetGroup
from festival.cms.records import LimitedPolicy

for model in (Call, Entry, Juror, Question, Rubric):
    register_permission_policy(model, LimitedPolicy(model, refused={"delete"}))
# A pair is never changed into another one: it is taken back, and another one made.
register_permission_policy(Assignment, LimitedPolicy(Assignment, refused={"change"}))


@hooks.register("register_admin_viewset")
def awards_screens() -> AwardsViewSetGroup:
    """Show the awards in the admin menu."""
    return AwardsViewSetGroup()
