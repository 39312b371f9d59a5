"""Mentoring: who could help whom, by likely strength and likely gap, and the pairs there are."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from assessments.queries.estimate_words import WORD_SQL, word_params
from assessments.skill_estimate import Word
from courses.content.skills import Skill
from courses.queries.frame import current_frame
from portal.coaching.models import FeedbackSession, MentoringPair, SessionKind
from portal.kit.clock import utc_day
from portal.kit.sql import rows
from portal.people.models import Membership, User
from portal.people.queries.scope import people_overseen_by

PROPOSED, PAIRS_SHOWN, MEETINGS_SHOWN, MENTORS = 12, 50, 30, 3
_MOST_PEOPLE = 500

_SAID = f"""
SELECT e.user_id, e.skill, {WORD_SQL} AS word
FROM assessments_skillestimate e JOIN people_user u ON u.id = e.user_id
WHERE e.kind = 'practice' AND e.user_id = ANY(%(people)s)
"""  # noqa: S608  (a constant of another module)


@dataclass(frozen=True)
class ProposedPair:
    """Somebody with a likely gap, and up to three colleagues who could help, by name."""

    mentee: User
    skill: Skill
    mentors: tuple[User, ...]


@dataclass(frozen=True)
class PairPage:
    """A pair as one of the two sees it, with the log of their meetings, the latest first."""

    pair: MentoringPair
    viewer: User
    meetings: tuple[FeedbackSession, ...]

    @property
    def other(self) -> User:
        """Whom the viewer meets."""
        return self.pair.other(self.viewer)

    @property
    def is_mentor(self) -> bool:
        """Whether the viewer is the one who helps."""
        return self.viewer == self.pair.mentor

    @property
    def is_asked(self) -> bool:
        """Whether the viewer has to say yes or no."""
        return self.pair.waits_for == self.viewer


def proposed_pairs(viewer: User, *, now: datetime) -> list[ProposedPair]:
    """Return who could be asked, for somebody who oversees them; in six queries at most.

    Whoever is in an open pair for that skill already is left out. Nobody is ranked: of those with
    a likely strength, the ones who mentor fewest come first, then by name; whoever
    comes first for one is counted as busy for the next.
    """
    people = {one.pk: one for one in people_overseen_by(viewer).by_name()[:_MOST_PEOPLE]}
    if not people:
        return []
    said = _said(list(people), now)
    mates = _mates(people)
    pairs = list(MentoringPair.objects.open().filter(mentee__in=people))
    helped = {(one.mentee_id, one.skill) for one in pairs}
    busy: dict[int, int] = defaultdict(int)
    for one in pairs:
        busy[one.mentor_id] += 1
    found = []
    for pk, person in people.items():
        for skill in Skill:
            if said.get((pk, skill)) != Word.GAP or (pk, skill) in helped:
                continue
            able = [
                mate
                for mate in people.values()
                if mate.pk in mates[pk] and said.get((mate.pk, skill)) == Word.STRENGTH
            ]
            if able:
                able.sort(key=lambda mate: busy[mate.pk])  # stable: by name where equal
                busy[able[0].pk] += 1
                found.append(ProposedPair(person, skill, tuple(able[:MENTORS])))
    return found[:PROPOSED]


def pairs_of(viewer: User) -> list[MentoringPair]:
    """Return somebody's own pairs, the open ones first."""
    own = MentoringPair.objects.of(viewer).select_related("mentor", "mentee")
    return sorted(own[:PAIRS_SHOWN], key=lambda pair: pair.ended_at is not None)


def pairs_overseen_by(viewer: User) -> list[MentoringPair]:
    """Return the open pairs of mentees whom somebody oversees: that they are, not what they say."""
    people = people_overseen_by(viewer).order_by().values("pk")
    found = MentoringPair.objects.open().filter(mentee__in=people)
    return list(found.select_related("mentor", "mentee")[:PAIRS_SHOWN])


def pair_page(pair: MentoringPair, viewer: User) -> PairPage:
    """Return a pair with the log of its meetings, in one query."""
    two = Q(lead=pair.mentor, agent=pair.mentee) | Q(lead=pair.mentee, agent=pair.mentor)
    meetings = FeedbackSession.objects.filter(
        two, kind=SessionKind.PEERS, starts_at__gte=pair.proposed_at
    )
    latest = meetings.order_by("-starts_at", "-pk")[:MEETINGS_SHOWN]
    return PairPage(pair, viewer, tuple(latest))


def _said(people: list[int], now: datetime) -> dict[tuple[int, str], str]:
    values = {"people": people} | word_params(current_frame(), utc_day(now))
    return {(pk, skill): word for pk, skill, word in rows(_SAID, values)}


def _mates(people: dict[int, User]) -> dict[int, set[int]]:
    """Return with whom each is in a team, leads left out."""
    members = Membership.objects.current().filter(user__in=people, is_lead=False)
    teams: dict[int, set[int]] = defaultdict(set)
    for user, team in members.values_list("user", "team"):
        teams[team].add(user)
    mates: dict[int, set[int]] = defaultdict(set)
    for together in teams.values():
        for user in together:
            mates[user] |= together - {user}
    return mates
