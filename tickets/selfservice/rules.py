"""How an order of several people is dealt out to them. Plain Python; see decision 0039."""

from collections.abc import Hashable, Sequence


def deal_out(alike: Sequence[Hashable]) -> list[list[int]]:
    """Return the places of each person, as positions in `alike`; nobody gets two of the same.

    `alike` names what each place is: equal values are the same thing several times. Three passes and two lunches are
    three people: two have a pass and a lunch, the last a pass. The first person has one of everything.
    """
    people: list[list[int]] = []
    seen: dict[Hashable, int] = {}
    for position, what in enumerate(alike):
        person = seen.get(what, 0)
        seen[what] = person + 1
        if person == len(people):
            people.append([])
        people[person].append(position)
    return people
