"""What the stage shows, in which order."""

from hypothesis import given, strategies as st

from awards.ceremony.rules import Beat, Outline, Scene, last_reveal, scenes_of

OUTLINES = st.lists(
    st.builds(
        Outline,
        is_prize=st.booleans(),
        finalists=st.integers(0, 4),
        mentions=st.integers(0, 2),
        winners=st.integers(0, 3),
        is_not_awarded=st.booleans(),
    ),
    max_size=6,
)


def test_prize_comes_before_finalists_mentions_and_winners():
    found = scenes_of([Outline(), Outline(is_prize=True, finalists=3, mentions=1, winners=2)])
    assert found == [
        Scene(Beat.OPENING),
        Scene(Beat.OTHER, 0),
        Scene(Beat.PRIZE, 1),
        Scene(Beat.FINALISTS, 1),
        Scene(Beat.MENTION, 1),
        Scene(Beat.WINNER, 1),
        Scene(Beat.WINNER, 1, 1),
        Scene(Beat.CLOSING),
    ]
    assert last_reveal(found) == 6


def test_prize_without_finalists_to_name_and_without_winner():
    beats = [scene.beat for scene in scenes_of([Outline(is_prize=True, is_not_awarded=True)])]
    assert beats == [Beat.OPENING, Beat.PRIZE, Beat.NOBODY, Beat.CLOSING]


def test_evening_without_prizes_reveals_nothing():
    assert last_reveal(scenes_of([Outline()])) is None
    assert [scene.beat for scene in scenes_of([])] == [Beat.OPENING, Beat.CLOSING]


@given(OUTLINES)
def test_each_step_is_named_before_anything_of_it_is_revealed(outlines):
    scenes = scenes_of(outlines)
    for number, scene in enumerate(scenes):
        if scene.reveals:
            assert Scene(Beat.PRIZE, scene.step) in scenes[:number]
    winners = sum(outline.winners for outline in outlines if outline.is_prize)
    assert sum(scene.beat == Beat.WINNER for scene in scenes) == winners
    steps = [scene.step for scene in scenes if scene.step is not None]
    assert steps == sorted(steps)
