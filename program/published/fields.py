"""How fields of the snapshot are written: moments with their offset, references by short name. Plain Python."""

from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, ValidationInfo, WithJsonSchema


@dataclass(slots=True)
class Reading:
    """What is known while a snapshot is read: its languages, its zone, and what was read before by kind and slug."""

    languages: tuple[str, ...] = ()
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    known: dict[str, dict[str, Any]] = field(default_factory=dict)


def _take_languages(codes: tuple[str, ...], info: ValidationInfo[Reading]) -> tuple[str, ...]:
    info.context.languages = codes
    return codes


def _take_zone(name: str, info: ValidationInfo[Reading]) -> str:
    info.context.zone = ZoneInfo(name)
    return name


def _local(moment: datetime, info: ValidationInfo[Reading]) -> datetime:
    return moment.astimezone(info.context.zone)


Languages = Annotated[tuple[str, ...], AfterValidator(_take_languages)]
ZoneName = Annotated[str, AfterValidator(_take_zone)]
Moment = Annotated[
    datetime,
    AfterValidator(_local),
    PlainSerializer(datetime.isoformat, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
Clock = Annotated[time, PlainSerializer(time.isoformat, return_type=str), WithJsonSchema({"type": "string"})]


def remembered(kind: str) -> AfterValidator:
    """Let later references of this kind find what is read here."""

    def remember(item: Any, info: ValidationInfo[Reading]) -> Any:
        info.context.known.setdefault(kind, {})[item.slug] = item
        return item

    return AfterValidator(remember)


def reference(kind: str) -> list[Any]:
    """Return the marks of a field that is the thing itself in Python and its short name in JSON.

    Use it as `Annotated[Any, *reference("room")]`; an unknown short name raises ValueError.
    """

    def find(slug: str, info: ValidationInfo[Reading]) -> Any:
        try:
            return info.context.known[kind][slug]
        except KeyError as error:
            raise ValueError(f"no {kind} is called {slug!r}") from error

    return [
        BeforeValidator(find),
        PlainSerializer(lambda item: item.slug, return_type=str),
        WithJsonSchema({"type": "string", "description": f"the slug of a {kind}"}),
    ]
