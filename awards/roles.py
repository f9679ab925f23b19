"""What the groups of the team may do with the awards."""

from festival.roles import ALL, JURY_OFFICE, MODERATORS, Rights

_CALLS: Rights = {f"awards.{model}": ALL for model in ("call", "category", "criterion", "scalelevel", "entry")}
_JURY: Rights = {f"awards.{model}": ALL for model in ("juror", "assignment")}

# Scores and comments of jurors are in nobody's list: the chair reads them in the jury's own pages.
ROLES: dict[str, Rights] = {
    MODERATORS: _CALLS,
    JURY_OFFICE: {**_CALLS, **_JURY, "awards.call": (*ALL, "run_jury")},
}
