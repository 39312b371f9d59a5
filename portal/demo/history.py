"""What the demo cast did in the weeks before: assessed calls, quizzes, and real calls rated."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from assessments.actions.call_quality import record_call_quality
from assessments.actions.quiz_attempts import answer_item, finish_quiz, start_quiz
from assessments.actions.scenario_runs import answer_moment, keep_typed_reply, read_run, start_run
from assessments.models import Attempt, AttemptMode
from assessments.queries.quiz_taken import quiz_taken
from assessments.scorecards import Scorecard
from courses.content.scenario_graph import open_choices
from courses.content.scenario_score import choice_share
from courses.content.scenario_shapes import AnswerKind, Choice
from courses.content.skills import BEHAVIOUR_PREFIXES, Skill
from courses.models import Activity, ActivityKind
from courses.queries.content import live_revision_of, scenario_of
from portal.coaching.actions.meeting import begin_session, close_session
from portal.coaching.actions.observing import Heard, record_observation
from portal.coaching.actions.scheduling import Meeting, plan_session
from portal.demo.answers import answer_to
from portal.demo.cast import BEGUN, LEAD, PAST, PLACE, RATED, Past, Rated
from portal.people.models import User

_FIRST, _LAST = 70, 8  # days ago
_SCORED = (67, 37, 7)  # days ago
_SCORED_SKILLS = (Skill.LISTENING, Skill.COMMUNICATION, Skill.EMPATHY)
_OWN_WORDS = "I hear how long you have waited. Let me look at this with you."
_CAREFUL = 0.95  # how likely a safety step is taken


def live_through_the_weeks_before(*, at: datetime) -> None:
    """Let the cast play and take quizzes, and their lead rate calls, each on a day of its own.

    Those who are about to begin the first module have not touched it. The same people always do
    the same, but for the questions that a bank draws.
    """
    modules = _played_modules()
    if not modules:
        return
    people = {user.email: user for user in User.objects.filter(email__in=[p.email for p in PAST])}
    new_to_the_first = {email for email, _has_finished in BEGUN}
    for past in PAST:
        open_to_them = modules[1:] if past.email in new_to_the_first else modules
        _learn(past, people[past.email], _spread(open_to_them, past.modules), at=at)
    scored = [
        (days_ago, partial(_score_calls, past, days_ago)) for days_ago in _SCORED for past in PAST
    ]
    heard = [(rated.days_ago, partial(_rate, rated)) for rated in RATED]
    for days_ago, happen in sorted((*scored, *heard), key=lambda one: -one[0]):
        happen(people, at=at - timedelta(days=days_ago))


def _played_modules() -> list[list[Activity]]:
    """Return the calls and quizzes of each module, the modules in the order of the library.

    Without the diagnostic: that is for people of whom nothing is known yet.
    """
    played = Activity.objects.filter(
        kind__in=(ActivityKind.SCENARIO, ActivityKind.QUIZ), live_revision__isnull=False
    ).exclude(module__course__skill="")
    played = played.select_related("live_revision", "module").order_by(
        "module__course__position", "module__position", "position", "pk"
    )
    by_module: dict[int, list[Activity]] = {}
    for activity in played:
        by_module.setdefault(activity.module_id, []).append(activity)
    return list(by_module.values())


def _spread(modules: list[list[Activity]], number: int) -> list[Activity]:
    """Return the activities of some modules, spread over the library."""
    step = max(1, len(modules) // number)
    return [activity for module in modules[::step][:number] for activity in module]


def _learn(past: Past, user: User, activities: list[Activity], *, at: datetime) -> None:
    draw = Random(past.who)
    gap = (_FIRST - _LAST) / max(1, len(activities))
    for number, activity in enumerate(activities):
        day = at - timedelta(days=_FIRST - gap * number - draw.random() * gap / 2)
        if activity.kind == ActivityKind.QUIZ:
            _take_quiz(activity, user, past.shares, draw, day)
        else:
            _play(activity, user, past.shares, draw, day)


def _score_calls(past: Past, days_ago: int, people: Mapping[str, User], *, at: datetime) -> None:
    """Take in what call quality said of their real calls."""
    user, draw = people[past.email], Random(f"{past.who} {days_ago}")
    scores = {
        skill: min(1.0, max(0.0, past.shares[skill] + draw.uniform(-0.12, 0.12)))
        for skill in _SCORED_SKILLS
    }
    reference = f"QA-{user.pk:03}-{at:%j}"
    record_call_quality(Scorecard(user.email, reference, at.date(), scores), user=user, at=at)


def _take_quiz(
    activity: Activity, user: User, shares: Mapping[Skill, float], draw: Random, at: datetime
) -> None:
    attempt = start_quiz(activity, by=user, at=at)
    asked = [item for item in quiz_taken(attempt).items if item.is_scored]
    for seq, item in enumerate(asked, 1):
        is_right = draw.random() < _share(item.behaviour, shares)
        answer_item(
            attempt.pk,
            seq=seq,
            item_id=item.id,
            payload=answer_to(item, is_right=is_right),
            by=user,
            at=at + timedelta(seconds=40 * seq),
        )
    finish_quiz(attempt.pk, by=user, at=at + timedelta(minutes=9))


def _play(
    activity: Activity, user: User, shares: Mapping[Skill, float], draw: Random, at: datetime
) -> None:
    cards = scenario_of(live_revision_of(activity)).cards
    card_id = cards[draw.randrange(len(cards))].id
    run = start_run(activity, by=user, at=at, mode=AttemptMode.ASSESSED, card_id=card_id)
    while run.is_open:
        at += timedelta(seconds=45)
        run = _answer_once(run, user, shares, draw, at)


def _answer_once(
    run: Attempt, user: User, shares: Mapping[Skill, float], draw: Random, at: datetime
) -> Attempt:
    _scenario, card, state = read_run(run)
    moment = card.moments[state.moment]
    about: dict[str, Any] = {"moment": moment.id, "by": user, "at": at}
    if moment.answer is AnswerKind.TYPED:
        run = keep_typed_reply(run.pk, seq=run.next_seq, text=_OWN_WORDS, **about)
    wanted = _share(moment.behaviour, shares) + draw.uniform(-0.3, 0.3)
    choice = _nearest(open_choices(card, state), wanted)
    return answer_moment(run.pk, seq=run.next_seq, choice=choice.id, **about)


def _nearest(offered: Iterable[Choice], share: float) -> Choice:
    choices = list(offered)
    return min(choices, key=lambda one: abs(choice_share(one, choices) - share))


def _share(behaviour: str, shares: Mapping[Skill, float]) -> float:
    skill = BEHAVIOUR_PREFIXES.get(behaviour[:2])
    return shares[skill] if skill else _CAREFUL


def _rate(rated: Rated, people: Mapping[str, User], *, at: datetime) -> None:
    """Let the lead meet somebody, and write down in the session what they heard on a call."""
    lead = User.objects.get(email=LEAD)
    meeting = Meeting(starts_at=at, minutes=30, place=PLACE)
    session = plan_session(meeting, agent=people[rated.email], by=lead, at=at - timedelta(days=3))
    begin_session(session.pk, by=lead, at=at)
    record_observation(
        session.pk,
        rated.skill,
        {code: Heard(rating, quote) for code, (rating, quote) in rated.ratings.items()},
        heard_on=(at - timedelta(days=1)).date(),
        by=lead,
        at=at,
    )
    close_session(session.pk, took_place=True, by=lead, at=at + timedelta(minutes=30))
