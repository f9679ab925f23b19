"""What the groups of the team may do with the awards."""

from festival.roles import ALL, JURY_OFFICE, MODERATORS, READ, Rights

_ON_THE_CALL = ("call", "category", "round", "rubric", "criterion", "scalelevel", "entry", "entryonstage")
_CALLS: Rights = {f"awards.{model}": ALL for model in _ON_THE_CALL}
_PRIZES: Rights = {"awards.prize": ALL}
_FORM: Rights = {f"awards.{model}": ALL for model in ("question", "questionoption")}
_STAGING: Rights = {"awards.extension": ALL, "awards.rulesversion": READ}
_SCREENING: Rights = {"awards.screening": ALL, "awards.screeningletter": READ}
_APPLICANTS: Rights = {
    f"awards.{model}": READ
    for model in (
        "applicant",
        "answer",
        "entryfile",
        "entrymember",
        "entryrevision",
    )
}
_JURY: Rights = {f"awards.{model}": ALL for model in ("juror", "assignment")}

# Scores and comments of jurors are in nobody's list: the chair reads them in the jury's own pages.
ROLES: dict[str, Rights] = {
    MODERATORS: {**_CALLS, **_PRIZES},
    JURY_OFFICE: {
        **_CALLS,
        **_PRIZES,
        **_FORM,
        **_STAGING,
        **_SCREENING,
        **_APPLICANTS,
        **_JURY,
        "awards.publicballot": ("change",),
        "awards.call": (*ALL, "run_jury"),
    },
}
