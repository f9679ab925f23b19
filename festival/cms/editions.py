"""One edition at a time: lists, forms and the order of rows whose model has a foreign key `edition`.

Which edition an editor works on is remembered with their session; it is the current one until they choose another.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model, QuerySet
from django.forms import Field, Form
from django.http import HttpRequest, QueryDict
from django.utils.text import capfirst
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm

from festival.models import Edition
from festival.text import typography
from festival.typed.hundredths import HundredthsInput
from festival.typed.keys import is_key

REMEMBERED = "edition"


def chosen_edition(request: HttpRequest) -> Edition | None:
    """Return the edition that this editor works on: the one chosen last, else the current one, else the newest."""
    if not hasattr(request, "chosen_edition"):
        wanted = request.session.get(REMEMBERED)
        chosen = Edition.objects.filter(pk=wanted).first() if wanted else None
        found = chosen or Edition.objects.current() or Edition.objects.order_by("-start_date").first()
        request.chosen_edition = found  # type: ignore[attr-defined]  # asked several times for one list
    kept: Edition | None = request.chosen_edition  # type: ignore[attr-defined]
    return kept


def choose_edition(request: HttpRequest, wanted: str) -> Edition | None:
    """Return the edition of this primary key and remember it; where there is none, the one worked on so far."""
    found = Edition.objects.filter(pk=wanted).first() if is_key(wanted) else None
    if found is None:
        return chosen_edition(request)
    request.chosen_edition = found  # type: ignore[attr-defined]
    if request.session.get(REMEMBERED) != found.pk:
        request.session[REMEMBERED] = found.pk
    return found


def limit_choices(fields: Iterable[Field], edition: int | None) -> None:
    """Offer and accept, in each field that chooses rows of an edition, only those of `edition`."""
    for field in fields:
        rows: QuerySet[Any] | None = getattr(field, "queryset", None)
        if rows is not None and (way := _way_to_edition(rows.model)):
            by_name = rows.select_related(way.removesuffix("__edition"))  # many are called after what they belong to
            field.queryset = by_name.filter(**{way: edition})  # type: ignore[attr-defined]


def read_amounts(fields: Iterable[Field], currency: str) -> None:
    """Let each field for an amount take the signs of a currency (empty while there is none) beside it: `55 €`."""
    for field in fields if currency else ():
        if isinstance(field, HundredthsInput):
            field.currency_marks = typography.marks(currency)


def _way_to_edition(model: type[Model]) -> str:
    """Return `edition`, or what a row cannot be without and has one, such as `call__edition`; empty for none."""
    keys = [field for field in model._meta.fields if isinstance(field, ForeignKey)]
    for key in keys:
        if key.name == "edition" and key.related_model is Edition:
            return "edition"
    ways = (key.name for key in keys if not key.null and "edition" in _keys_to_edition(key.related_model))
    return next((f"{name}__edition" for name in ways), "")


def _keys_to_edition(model: Any) -> list[str]:
    return [field.name for field in model._meta.fields if field.related_model is Edition]


class EditionFilterSet(WagtailFilterSet):
    """The filters of a list, the edition among them: never empty, and what it says limits the others' choices.

    Its name is `edition`, or the way there, such as `list__edition`.
    """

    def __init__(self, data: QueryDict | None = None, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        filled = data.copy() if data is not None else QueryDict(mutable=True)
        name = next(name for name in self.base_filters if name.rpartition("__")[2] == "edition")
        edition = choose_edition(request, filled.get(name) or "")
        pk = edition.pk if edition else None
        filled[name] = str(pk or "")
        super().__init__(filled, *args, request=request, **kwargs)
        form: Form = self.form
        limit_choices(form.fields.values(), pk)
        # What is worked on is no filter that one takes away again: the rows can still be put in order.
        form.fields[name].initial = pk
        form.fields[name].empty_label = None  # type: ignore[attr-defined]
        form.fields[name].label = capfirst(Edition._meta.verbose_name)


class EditionIndexMixin:
    """A list of one edition's rows, which says below its title which one it is."""

    base_filterset_class = EditionFilterSet
    request: HttpRequest

    def get_page_subtitle(self) -> str:
        """Name the edition."""
        return str(chosen_edition(self.request) or "")


class EditionCreateMixin:
    """A new row belongs to the edition that is worked on, unless its form says another."""

    request: HttpRequest
    model: type[Any]

    def get_initial_form_instance(self) -> Any:
        """Return an empty row of that edition."""
        instance = super().get_initial_form_instance() or self.model()  # type: ignore[misc]
        if instance.edition_id is None:
            instance.edition = chosen_edition(self.request)
        return instance


class EditionReorderMixin:
    """Moves a row among those of its own edition."""

    model: type[Any]
    kwargs: dict[str, Any]

    def get_queryset(self) -> QuerySet[Any]:
        """Return the rows of the moved one's edition."""
        rows: QuerySet[Any] = super().get_queryset()  # type: ignore[misc]
        return rows.filter(edition__in=self.model._default_manager.filter(pk=self.kwargs["pk"]).values("edition"))


class EditionForm(WagtailAdminModelForm):
    """The form of a row of an edition: it stays in its edition and refers to nothing outside of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        typed = self.data.get(self.add_prefix("edition"), "") if self.is_bound and not self.instance.pk else ""
        # A row stays where it is; a new one that is sent without an edition gets the one that is worked on.
        self.fields["edition"].disabled = bool(self.instance.pk) or (self.is_bound and not typed)
        edition = self._edition(typed)
        limit_choices(self.fields.values(), edition)
        self.currency = Edition.objects.filter(pk=edition).values_list("currency", flat=True).first() or ""
        read_amounts(self.fields.values(), self.currency)

    def _edition(self, typed: str) -> int | None:
        try:
            edition = self.fields["edition"].to_python(typed)
        except ValidationError:
            edition = None
        own: int | None = self.instance.edition_id
        return edition.pk if edition else own
