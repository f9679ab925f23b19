"""Juries and projects by lot."""

from hypothesis import strategies as st

from awards.assignment.demand import Demand, Project, Reader

CATEGORIES, LANGUAGES = "ab", ("en", "fr")


@st.composite
def demands(draw):
    """A small jury with limits, conflicts, what was begun and what was not."""
    readers = tuple(
        Reader(
            f"j{place}",
            draw(st.frozensets(st.sampled_from(CATEGORIES))),
            draw(st.frozensets(st.sampled_from(LANGUAGES))),
            draw(st.none() | st.integers(0, 4)),
        )
        for place in range(draw(st.integers(0, 6)))
    )
    projects = tuple(
        Project(
            f"p{place}",
            draw(st.sampled_from(CATEGORIES)),
            draw(st.sampled_from(LANGUAGES)),
            draw(st.none() | st.integers(1, 3)),
        )
        for place in range(draw(st.integers(0, 7)))
    )
    pairs = [(reader.key, project.key) for reader in readers for project in projects]
    some = st.frozensets(st.sampled_from(pairs), max_size=8) if pairs else st.just(frozenset())
    barred = draw(some)
    held = draw(some) - barred
    return Demand(readers, projects, held, draw(some) - barred - held, barred)


def even(projects=10, readers=5, wanted=3, **changes):
    """A jury without limits."""
    return Demand(
        tuple(Reader(f"j{place}") for place in range(readers)),
        tuple(Project(f"p{place}", wanted=wanted) for place in range(projects)),
        **changes,
    )
