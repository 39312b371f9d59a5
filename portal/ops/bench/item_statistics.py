"""Measures the statistics of a quiz with a million answers: counting them, and the page that shows.

Counting is what the Celery task does, batch by batch, here in this process; its time is CPU of
this process and of the database.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from django.db import connection

from assessments.actions.statistics import count_attempts
from assessments.queries.statistics import statistics_page
from courses.models import Activity
from portal.kit.clock import now
from portal.ops.bench.cpu import children_of, seconds_between, seconds_of_each, seconds_on_cpu
from portal.ops.bench.ten_questions import QUESTIONS, publish_ten_questions

SIZES = (250_000, 500_000, 750_000, 1_000_000)
GROWTH_BAR = 1.25
_PAGES = 5


@dataclass(frozen=True)
class CountingCost:
    """What the answers up to `answers` took since the size before, for each of them, and a page.

    `microseconds` are CPU an answer; `page_ms` is what the page of statistics then computes.
    """

    answers: int
    microseconds: float
    page_ms: float


def counting_costs(database_pid: int, sizes: Sequence[int] = SIZES) -> list[CountingCost]:
    """Seed first attempts up to each size and count them; return what each step took."""
    quiz = publish_ten_questions("statistics")
    costs, before = [], 0
    for size in sizes:
        seed_attempts(quiz, before // QUESTIONS, size // QUESTIONS)
        began = _cpu_of_each(database_pid)
        while count_attempts(at=now()):
            continue
        seconds = seconds_between(began, _cpu_of_each(database_pid))
        costs.append(CountingCost(size, seconds / (size - before) * 1e6, _page_ms(quiz)))
        before = size
    return costs


def print_counting(costs: Sequence[CountingCost]) -> None:
    """Print what an answer costs at each size."""
    print("\nStatistics of a quiz: what counting an answer costs, and the page of its author.")
    print(f"{'answers':>12}{'microseconds an answer':>26}{'page ms':>10}")
    for one in costs:
        print(f"{one.answers:>12,}{one.microseconds:>26.1f}{one.page_ms:>10.2f}")


def misses(costs: Sequence[CountingCost]) -> list[str]:
    """Say what grows faster than the answers do."""
    first, last = costs[0], costs[-1]
    missed = []
    if (grows := last.microseconds / first.microseconds) > GROWTH_BAR:
        missed.append(f"an answer takes {grows:.2f} times as long to count, not {GROWTH_BAR}")
    if (grows := last.page_ms / first.page_ms) > GROWTH_BAR:
        missed.append(f"the page of statistics takes {grows:.2f} times as long, not {GROWTH_BAR}")
    return missed


def seed_attempts(quiz: Activity, first: int, end: int) -> None:
    """Let so many people, numbered from `first` to before `end`, have taken the quiz once."""
    numbers = {
        "first": first,
        "last": end - 1,
        "activity": quiz.pk,
        "revision": quiz.live_revision_id,
        "questions": QUESTIONS,
    }
    with connection.cursor() as cursor:
        for statement in _SEED:
            cursor.execute(statement, numbers)


def _page_ms(quiz: Activity) -> float:
    times = []
    for _ in range(_PAGES):
        began = seconds_on_cpu([os.getpid()])
        statistics_page(quiz)
        times.append((seconds_on_cpu([os.getpid()]) - began) * 1000)
    return median(times)


def _cpu_of_each(database_pid: int) -> dict[int, float]:
    return seconds_of_each([os.getpid(), *children_of(database_pid)])


# Person n chose option (7n + 3 * question + n / 11) mod 3 of A, B and C; A is right.
_CHOSEN = "(n * 7 + q * 3 + n / 11) %% 3"
_SEED = (
    """
    INSERT INTO people_user
        (email, password, name, pronouns, roles, time_zone, language, work_starts, work_ends,
         working_days, theme, shortcuts_enabled, callers_wait, joined_on, created_at,
         session_epoch, is_active, is_staff, is_superuser)
    SELECT 'taker-' || n || '@bench.example', '!', 'Taker ' || n, '', '{agent}',
           'America/New_York', 'en-us', '09:00', '17:00', '{0,1,2,3,4}', 'auto', true, 'written',
           current_date - 400, now(), 0, true, false, false
    FROM generate_series(%(first)s, %(last)s) n
    """,
    f"""
    INSERT INTO assessments_attempt (id, user_id, activity_id, revision_id, mode, number, card,
        seed, state, next_seq, run_state, result, points, is_passed, reflection, started_at,
        finished_at, drawn, hinted)
    SELECT gen_random_uuid(), u.id, %(activity)s, %(revision)s, 'assessed', 1, '', n, 'finished',
           %(questions)s + 1, '{{}}', of_n.result, of_n.points, true, '',
           now() - interval '1 hour', now() - interval '50 minutes', '{{}}', '{{}}'
    FROM generate_series(%(first)s, %(last)s) n
    JOIN people_user u ON u.email = 'taker-' || n || '@bench.example'
    CROSS JOIN LATERAL (
        SELECT 10 * sum(({_CHOSEN} = 0)::int) AS points,
               jsonb_build_object('points', sum(({_CHOSEN} = 0)::int), 'out_of', %(questions)s,
                   'items', jsonb_object_agg('item-' || q, jsonb_build_object('answered', true,
                       'points', ({_CHOSEN} = 0)::int, 'right', {_CHOSEN} = 0))) AS result
        FROM generate_series(1, %(questions)s) q
    ) of_n
    """,
    f"""
    INSERT INTO assessments_answer (attempt_id, seq, step_id, payload, answered_at)
    SELECT a.id, q, 'item-' || q,
           jsonb_build_object('option', substr('ABC', {_CHOSEN} + 1, 1)),
           a.started_at + q * interval '30 seconds'
    FROM generate_series(%(first)s, %(last)s) n
    JOIN assessments_attempt a ON a.seed = n AND a.activity_id = %(activity)s
    CROSS JOIN generate_series(1, %(questions)s) q
    """,
    "ANALYZE assessments_attempt, assessments_answer, people_user",
)
