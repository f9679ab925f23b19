"""What the groups of the team may do with the programme."""

from festival.roles import ALL, EDITORS, MODERATORS, Rights

_PROGRAMME: Rights = {
    f"program.{model}": ALL
    for model in (
        "book",
        "exhibitor",
        "format",
        "occurrence",
        "partner",
        "room",
        "session",
        "speaker",
        "tag",
        "track",
        "venue",
    )
}

ROLES: dict[str, Rights] = {
    EDITORS: _PROGRAMME,
    MODERATORS: {**_PROGRAMME, "program.release": ("add",)},
}
