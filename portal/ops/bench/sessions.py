"""Measures feedback sessions: a thousand on one day, their agendas and their reminders.

Agendas are built as planning and the reminders build them, here in this process; their time is CPU
of this process and of the database. Reminders are swept minute by minute through two days, then
held against an oracle that looks at every session in every minute.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median

from django.db import connection, transaction
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from portal.coaching.actions.agenda import build_agenda
from portal.coaching.actions.reminders import plan_session_reminders
from portal.coaching.models import AgendaItem, FeedbackSession, SessionState
from portal.kit.clock import now
from portal.notifications.models import OutgoingEmail
from portal.ops.bench.cpu import children_of, seconds_between, seconds_of_each
from portal.ops.bench.measure import BARE_REQUESTS, Probe
from portal.ops.bench.seed import CAST
from portal.ops.bench.server import web_server
from portal.ops.bench.take import BARE_BACKEND, BARE_SETTINGS, cookie_of

PER_DAY, RATIO_BAR = 1000, 5.0
_COUNTED, _TIMED, _ROUND = 8, 200, 40
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

Reminder = tuple[str, int, str, datetime]  # session, who, which of the two, the minute it is due


@dataclass(frozen=True)
class SessionFigures:
    """What agendas cost, and which reminders were planned that should not, or the other way.

    `queries` has every number of queries that building took, whatever there was to find.
    """

    sessions: int
    lines: float
    queries: tuple[int, ...]
    again: tuple[int, ...]
    cpu_ms: float
    ratio: float
    reminders: int
    wrong: int
    sweep_ms: float


def run_sessions(env: Mapping[str, str], database_pid: int) -> int:
    """Seed, measure, and print the figures beside their bars; 1 if any bar is missed.

    Needs the courses and people of the scale database.
    """
    cookie = cookie_of(CAST.agent, backend=BARE_BACKEND)
    with web_server(BARE_SETTINGS, env, database_pid=database_pid) as server:
        bare = Probe(server, "/bare/", cookie)
        bare.warm_up()
        figures = session_figures(lambda: bare.round(BARE_REQUESTS), database_pid)
    print_sessions(figures)
    missed = misses(figures)
    print("\nEvery bar is met." if not missed else "\nBars missed: " + "; ".join(missed) + ".")
    return 1 if missed else 0


def session_figures(
    bare_ms: Callable[[], float], database_pid: int, per_day: int = PER_DAY
) -> SessionFigures:
    """Seed so many sessions on a day soon, build their agendas and sweep their reminders.

    `bare_ms` measures the bare page; each round of agendas is held against one just before it.
    """
    at = now().replace(second=0, microsecond=0)
    day = at.replace(hour=0, minute=0) + 3 * _DAY
    seed_sessions(per_day, day=day)
    found = list(_planned_on(day).select_related("lead", "agent").order_by("starts_at", "pk"))
    _queries_of(found.pop(), at)  # what a process keeps is there from the second time on
    counted, timed = found[:_COUNTED], found[_COUNTED : _COUNTED + _TIMED]
    first = tuple(_queries_of(session, at) for session in counted)
    again = tuple(_queries_of(session, at) for session in counted)
    rounds = [
        (bare_ms(), _ms_of_building(timed[first : first + _ROUND], at, database_pid))
        for first in range(0, len(timed), _ROUND)
    ]
    lines = AgendaItem.objects.filter(session__in=timed).count()
    expected = Counter(expected_reminders(day))
    before = _cpu(database_pid)
    minutes = _sweep_through(day)
    sweep_ms = seconds_between(before, _cpu(database_pid)) / minutes * 1000
    planned = Counter(planned_reminders())
    return SessionFigures(
        sessions=len(found) + 1,
        lines=lines / len(timed),
        queries=tuple(sorted(set(first))),
        again=tuple(sorted(set(again))),
        cpu_ms=median(ms for _bare, ms in rounds),
        ratio=median(ms / bare for bare, ms in rounds),
        reminders=expected.total(),
        wrong=((expected - planned) + (planned - expected)).total(),
        sweep_ms=sweep_ms,
    )


def print_sessions(found: SessionFigures) -> None:
    """Print the figures beside their bars."""
    print(f"\nFeedback sessions: {found.sessions:,} on one day.")
    print(f"{'lines of an agenda':<34}{found.lines:>9.1f}")
    print(f"{'queries to build it':<34}{_numbers(found.queries):>9}  bar: one number")
    print(f"{'queries to bring it up to date':<34}{_numbers(found.again):>9}  bar: one number")
    print(f"{'CPU ms to build it':<34}{found.cpu_ms:>9.1f}")
    print(f"{'times the bare page':<34}{found.ratio:>9.1f}  bar {RATIO_BAR:.0f}")
    print(f"{'reminders by the oracle':<34}{found.reminders:>9,}")
    print(f"{'missing or not wanted':<34}{found.wrong:>9,}  bar 0")
    print(f"{'CPU ms a sweep':<34}{found.sweep_ms:>9.1f}")


def misses(found: SessionFigures) -> list[str]:
    """Say which bars are missed, and by how much."""
    missed = []
    if len(found.queries) > 1 or len(found.again) > 1:
        missed.append(
            f"an agenda takes {_numbers(found.queries)} queries, then {_numbers(found.again)}"
        )
    if found.ratio > RATIO_BAR:
        missed.append(f"an agenda takes {found.ratio:.1f} bare pages, not {RATIO_BAR:.0f}")
    if found.wrong:
        missed.append(f"{found.wrong:,} reminders are missing or not wanted")
    return missed


def expected_reminders(day: datetime) -> Iterator[Reminder]:
    """Yield what the oracle expects, minute after minute and session after session.

    It knows the rows of the sessions and the rule in words: a day and an hour before, at the
    first minute from then on, unless one heard of the time later than that, or it is called off.
    """
    rows = list(
        FeedbackSession.objects.filter(starts_at__gte=day).values_list(
            "pk", "lead", "agent", "state", "starts_at", "planned_at"
        )
    )
    for minute in _minutes_around(day):
        for pk, lead, agent, state, starts_at, planned_at in rows:
            for which, ahead in (("day", _DAY), ("hour", _HOUR)):
                due_at = starts_at - ahead
                is_now = due_at <= minute < due_at + _MINUTE
                if is_now and state == SessionState.PLANNED and planned_at <= due_at:
                    yield str(pk), lead, which, minute
                    yield str(pk), agent, which, minute


def planned_reminders() -> Iterator[Reminder]:
    """Yield what the sweeps planned."""
    mails = OutgoingEmail.objects.filter(kind="session_reminder")
    rows = mails.values_list("params", "recipient", "created_at")
    for params, recipient, created_at in rows:
        yield params["session"], recipient, params["which"], created_at


def seed_sessions(per_day: int, *, day: datetime) -> None:
    """Plan so many sessions on a day, between leads and agents of the scale database.

    Each agent has calls, a quiz, late work, reports on real calls and things agreed last time. Of
    ten sessions, one is called off and one was moved two hours before it begins.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in _STATEMENTS:
            cursor.execute(statement, {"sessions": per_day, "day": day})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _planned_on(day: datetime) -> QuerySet[FeedbackSession]:
    return FeedbackSession.objects.planned().filter(starts_at__gte=day)


def _queries_of(session: FeedbackSession, at: datetime) -> int:
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        build_agenda(session, at=at)
    return len(queries)


def _ms_of_building(sessions: Sequence[FeedbackSession], at: datetime, database_pid: int) -> float:
    before = _cpu(database_pid)
    for session in sessions:
        with transaction.atomic():
            build_agenda(session, at=at)
    return seconds_between(before, _cpu(database_pid)) / len(sessions) * 1000


def _sweep_through(day: datetime) -> int:
    minutes = list(_minutes_around(day))
    for minute in minutes:
        plan_session_reminders(now=minute)
    return len(minutes)


def _minutes_around(day: datetime) -> Iterator[datetime]:
    minute = day - _DAY
    while minute < day + _DAY:
        yield minute.astimezone(UTC)
        minute += _MINUTE


def _cpu(database_pid: int) -> dict[int, float]:
    database = children_of(database_pid) if database_pid else []
    return seconds_of_each([os.getpid(), *database])


def _numbers(found: Sequence[int]) -> str:
    return " ".join(map(str, found))


_PAIRS = """
WITH pair AS (
    SELECT n, n %% teams.count AS team, n / teams.count AS turn, lead.id AS lead, agent.id AS agent
    FROM (SELECT count(*)::int FROM people_user WHERE email LIKE 'lead-%%@bench.example') teams,
         generate_series(0, %(sessions)s - 1) n
    JOIN LATERAL (
        SELECT id FROM people_user WHERE email = 'lead-' || n %% teams.count || '@bench.example'
    ) lead ON true
    JOIN LATERAL (
        SELECT id FROM people_user
        WHERE email = 'agent-' || n %% teams.count * 50 + n / teams.count || '@bench.example'
    ) agent ON true
)
"""
_SESSION_FIELDS = """
    (id, lead_id, agent_id, kind, state, starts_at, ends_at, place, video_link, word, sequence,
     planned_at, answer, answer_words, held_at, cancelled_at, cancelled_by_id, cancel_words,
     reflection, shared_note, shared_note_version, acknowledge_words)
"""
_STATEMENTS = (
    f"""
    {_PAIRS}, timed AS (
        SELECT pair.*, %(day)s + (turn * 15 + team %% 40 * 20) * interval '1 minute' AS starts
        FROM pair
    )
    INSERT INTO coaching_feedbacksession {_SESSION_FIELDS}
    SELECT gen_random_uuid(), lead, agent, 'lead',
           CASE WHEN n %% 10 = 3 THEN 'cancelled' ELSE 'planned' END,
           starts, starts + interval '15 minutes', 'Room 4', '', '', 0,
           CASE WHEN n %% 10 = 7 THEN starts - interval '2 hours' ELSE %(day)s - interval '9 days'
           END, 'open', '', NULL,
           CASE WHEN n %% 10 = 3 THEN %(day)s - interval '9 days' END,
           CASE WHEN n %% 10 = 3 THEN lead END, '', '', '', 0, ''
    FROM timed
    """,  # noqa: S608  (constants of this module)
    f"""
    {_PAIRS}, earlier AS (
        INSERT INTO coaching_feedbacksession {_SESSION_FIELDS}
        SELECT gen_random_uuid(), lead, agent, 'lead', 'held', %(day)s - interval '28 days',
               %(day)s - interval '28 days' + interval '15 minutes', 'Room 4', '', '', 0,
               %(day)s - interval '30 days', 'accepted', '', %(day)s - interval '28 days', NULL,
               NULL, '', '', '', 0, ''
        FROM pair
        RETURNING id, agent_id
    )
    INSERT INTO coaching_actionitem (session_id, owner_id, words, due_on, added_at)
    SELECT id, agent_id, 'Say a time on five call-backs', %(day)s::date - 2, %(day)s
    FROM earlier, generate_series(1, 2)
    """,  # noqa: S608  (constants of this module)
    f"""
    {_PAIRS}
    INSERT INTO assessments_attempt (id, user_id, activity_id, revision_id, mode, number, card,
        seed, state, next_seq, run_state, result, is_passed, reflection, started_at, finished_at,
        drawn, hinted)
    SELECT gen_random_uuid(), agent, a.id, a.live_revision_id, 'assessed', 1, '', 2, 'finished',
           11, '{{}}', '{{"gates": {{"G1": "missed"}}, "is_resolved": true,
                          "turning_point": {{"reply": 3, "title": "By the way"}}}}',
           true, '', %(day)s - interval '9 days', %(day)s - interval '9 days', '{{}}', '{{}}'
    FROM pair, (
        SELECT id, live_revision_id FROM courses_activity
        WHERE kind = 'scenario' AND live_revision_id IS NOT NULL ORDER BY id LIMIT 4
    ) a
    ON CONFLICT DO NOTHING
    """,  # noqa: S608  (constants of this module)
    f"""
    {_PAIRS}
    UPDATE assessments_attempt t
    SET result = '{{"items": {{"a": {{"points": 0.2}}, "b": {{"points": 0.0}},
                               "c": {{"points": 1.0}}}}}}'
    FROM pair, courses_activity a
    WHERE t.user_id = pair.agent AND a.id = t.activity_id AND a.kind = 'quiz'
      AND t.state = 'finished'
    """,  # noqa: S608  (constants of this module)
    f"""
    {_PAIRS}
    INSERT INTO assessments_skillevidence (user_id, skill, kind, source, value, noise, items,
        behaviours, is_provisional, proof, expected, expected_variance, gain, moved, "on",
        recorded_at, frame_id)
    SELECT agent, skill, 'job', 'imported', 0.7, 0.1, 1, '{{}}', false,
           'call-quality:' || agent || ':' || week, 0.6, 0.06, 0.2, 0.02,
           (%(day)s - week * interval '7 days')::date, %(day)s, frame.id
    FROM pair, generate_series(1, 3) week,
         unnest('{{listening,communication,empathy}}'::text[]) skill,
         (SELECT max(id) AS id FROM courses_skillframeversion) frame
    WHERE frame.id IS NOT NULL
    ON CONFLICT DO NOTHING
    """,  # noqa: S608  (constants of this module)
)
