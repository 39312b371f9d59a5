"""The planner: training for likely gaps only, evidence where nothing can be told, within time."""

from hypothesis import given
from hypothesis import strategies as st

from assessments.skill_estimate import Estimate, Source, Word
from courses.content.programme import StepKind, as_raw, parse_programme
from courses.content.skills import Skill
from portal.programmes.planner import MOST_WEEKS, Call, Seen, Tagged, propose

BOTH = frozenset({Source.QUIZ, Source.SCENARIO})
HEAR = Tagged(
    "listening/hear",
    Skill.LISTENING,
    frozenset({"AL1", "AL2"}),
    20,
    (Call("bills", 10, ("a", "b")),),
)
NOTICE = Tagged("listening/notice", Skill.LISTENING, frozenset({"AL2"}), 25)
ANGER = Tagged(
    "empathy/anger", Skill.EMPATHY, frozenset({"EM1", "AL2"}), 30, (Call("hold", 10, ("rob",)),)
)
CATALOGUE = (HEAR, NOTICE, ANGER)


def seen(skill, mean, sd=0.1, events=4, weak=()):
    return Seen(skill, Estimate(mean, sd**2, events=events, sources=BOTH), 0.6, weak)


def shape(found):
    return [(step.id, step.kind.value) for step in found.steps]


def test_a_likely_gap_gets_training_a_fresh_patient_a_refresher_and_a_talk():
    found = propose([seen(Skill.EMPATHY, 0.3)], CATALOGUE)

    assert [gap.word for gap in found.gaps] == [Word.GAP]
    assert shape(found) == [
        ("empathy--anger", "module"),
        ("empathy--anger--hold", "scenario"),
        ("empathy--anger--cards", "refresher"),
        ("feedback-session", "session"),
    ]
    assert found.steps[1].needs == ("empathy--anger",)


def test_where_nothing_can_be_told_yet_evidence_is_gathered_and_nobody_trained():
    for unknown in (seen(Skill.EMPATHY, 0.55), seen(Skill.EMPATHY, 0.3, events=1)):
        found = propose([unknown], CATALOGUE)

        assert (found.gaps, found.unknown) == ((), (unknown,))
        assert shape(found) == [("empathy--anger--hold", "scenario")]


def test_a_strength_is_left_alone():
    assert propose([seen(Skill.EMPATHY, 0.9)], CATALOGUE).steps == ()


def test_the_behavior_seen_least_decides_between_modules():
    found = propose([seen(Skill.LISTENING, 0.3, weak=("AL1",))], CATALOGUE)

    assert shape(found)[0] == ("listening--hear", "module")


def test_what_is_shown_already_is_skipped_but_for_another_patient():
    call = Call("bills", 10, ("a", "b"), met=frozenset({"a"}))
    done = Tagged(HEAR.path, HEAR.skill, HEAR.behaviours, 20, (call,), is_shown=True)

    found = propose([seen(Skill.LISTENING, 0.3)], (done,))

    assert shape(found) == [("listening--hear--bills", "scenario"), ("feedback-session", "session")]
    assert (found.steps[0].card, found.steps[0].needs) == ("b", ())


def test_of_several_people_the_widest_gap_counts_and_comes_first():
    found = propose(
        [seen(Skill.LISTENING, 0.45), seen(Skill.EMPATHY, 0.9), seen(Skill.EMPATHY, 0.2)],
        CATALOGUE,
    )

    assert [gap.skill for gap in found.gaps] == [Skill.EMPATHY, Skill.LISTENING]


def test_a_week_holds_no_more_than_its_minutes():
    found = propose([seen(Skill.EMPATHY, 0.3)], CATALOGUE, minutes_per_week=30)

    assert [step.by_day for step in found.steps] == [7, 14, 14, 21]


@given(
    st.lists(
        st.builds(
            seen,
            st.sampled_from(list(Skill)),
            st.floats(0, 1),
            st.floats(0.05, 0.2),
            st.integers(0, 9),
        )
    ),
    st.sampled_from([10, 30, 60, 120]),
)
def test_whatever_is_seen_the_proposal_is_a_programme_that_can_be_published(lines, minutes):
    found = propose(lines, CATALOGUE, minutes_per_week=minutes)

    assert found.days <= 7 * MOST_WEEKS
    has_training = any(step.kind is StepKind.MODULE for step in found.steps)
    assert found.gaps or not has_training
    if found.steps:
        kept = [step.id for step in found.steps][1:] or [found.steps[0].id]
        raw = as_raw(found.as_programme("Next steps", "Why.", kept))
        raw["steps"] = [step | {"title": step.get("title", "Talk")} for step in raw["steps"]]
        assert [step.id for step in parse_programme(raw).steps] == kept
