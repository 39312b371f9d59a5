"""The database says the same of an estimate as the pure model does."""

from datetime import timedelta
from itertools import product

import pytest

from assessments.models import EvidenceKind, SkillEstimate
from assessments.queries.estimate_words import WORD_SQL, with_word, word_params
from assessments.queries.skill_profile import expected_of
from assessments.skill_estimate import Word, fade
from courses.content.skills import Skill
from courses.queries.frame import current_frame
from portal.kit.sql import rows
from portal.people.models import User
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
MEANS, VARIANCES = (0.02, 0.41, 0.52, 0.6, 0.7, 0.97), (0.0004, 0.004, 0.012, 0.0186, 0.03)
SOURCES = (["quiz"], ["quiz", "scenario"])
DAYS, EVENTS = (0, 40, 400), (2, 3, 30)


def estimates(person, skill=Skill.EMPATHY):
    """Give a person one estimate after the other, of every kind."""
    for mean, variance, sources, days, events in product(MEANS, VARIANCES, SOURCES, DAYS, EVENTS):
        SkillEstimate.objects.filter(user=person).delete()
        yield SkillEstimate.objects.create(
            user=person,
            skill=skill,
            kind=EvidenceKind.PRACTICE,
            start_mean=0.6,
            mean=mean,
            variance=variance,
            on=TODAY - timedelta(days=days),
            events=events,
            sources=sources,
        )


@pytest.mark.parametrize("is_lead", [False, True])
def test_every_estimate_gets_the_word_of_the_model(is_lead):
    person, frame = PersonFactory(lead=is_lead), current_frame()
    expected = next(one.expected for one in frame.skills if one.skill is Skill.EMPATHY)
    level = expected_of(expected, person.roles)
    estimate = "assessments_skillestimate e JOIN people_user u ON u.id = e.user_id"
    sql = f"SELECT {WORD_SQL} FROM {estimate}"  # noqa: S608  (constants)
    seen = set()
    for stored in estimates(person):
        said = fade(stored.value, TODAY).word(level)
        assert rows(sql, word_params(frame, TODAY)) == [(said,)]
        seen.add(said)
    assert seen == set(Word)


def test_people_are_found_by_their_word_and_without_evidence_by_its_lack():
    known, unknown = PersonFactory(), PersonFactory()
    SkillEstimate.objects.create(
        user=known,
        skill=Skill.EMPATHY,
        kind=EvidenceKind.PRACTICE,
        start_mean=0.6,
        mean=0.2,
        variance=0.004,
        on=TODAY,
        events=5,
        sources=["quiz", "scenario"],
    )
    found = {word: set(with_word(User.objects.all(), Skill.EMPATHY, word, TODAY)) for word in Word}
    assert found == {
        Word.GAP: {known},
        Word.TOO_LITTLE: {unknown},
        Word.OPEN: set(),
        Word.STRENGTH: set(),
    }
