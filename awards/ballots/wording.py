"""The words of grades and answers on ballots."""

from django.utils.translation import gettext_lazy as _

from awards.models import Round

GRADES = (_("to reject"), _("poor"), _("fair"), _("quite good"), _("good"), _("excellent"))


def choices_in(judged: Round, many: int) -> list[tuple[int, str]]:
    """Return the values that a ballot of `many` projects takes, with their words; the best one last, a rank first."""
    if judged.mode == Round.Mode.RANK:
        return [(rank, str(rank)) for rank in range(1, many + 1)]
    if judged.mode == Round.Mode.CHECK:
        return [(0, str(_("no"))), (1, str(_("yes")))]
    if judged.mode == Round.Mode.APPROVE:
        return [(0, ""), (1, str(_("I approve")))]
    if judged.rubric is not None:
        return [(level.value, str(level.label)) for level in judged.rubric.scale.order_by("value")]
    return [(value, str(word)) for value, word in enumerate(GRADES)]
