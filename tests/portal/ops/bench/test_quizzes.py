"""The bench's figures of quizzes: each seeded answer counts once, and missed bars are said."""

import pytest

from assessments.models import Answer, Attempt
from assessments.queries.statistics import statistics_page
from courses.content.checks import check_content, forbids_publishing
from courses.models import Activity
from portal.ops.bench import item_statistics, quiz_attempt
from portal.ops.bench.item_statistics import CountingCost, counting_costs
from portal.ops.bench.quiz_attempt import AttemptCost
from portal.ops.bench.ten_questions import QUESTIONS, ten_questions_raw

FINE = AttemptCost(requests=14, queries=110, cpu_ms=28.0, ratio=28.0)
FLAT = [CountingCost(250_000, 20.0, 3.0), CountingCost(1_000_000, 24.0, 3.5)]


def test_the_quiz_of_the_bench_could_be_published():
    assert not forbids_publishing(check_content("quiz", ten_questions_raw()))


@pytest.mark.django_db
def test_every_answer_that_is_seeded_is_counted_once():
    costs = counting_costs(database_pid=0, sizes=(300, 600))

    assert [one.answers for one in costs] == [300, 600]
    assert all(one.microseconds > 0 for one in costs)
    assert (Attempt.objects.count(), Answer.objects.count()) == (60, 600)
    page = statistics_page(Activity.objects.get(module__slug="statistics"))
    assert [row.attempts for row in page.rows] == [60] * QUESTIONS


def test_bars_that_are_met_are_not_mentioned():
    assert quiz_attempt.misses(FINE) == []
    assert item_statistics.misses(FLAT) == []


def test_each_bar_that_is_missed_says_by_how_much():
    slow = AttemptCost(requests=14, queries=111, cpu_ms=30.0, ratio=30.0)
    steep = [CountingCost(250_000, 20.0, 3.0), CountingCost(1_000_000, 40.0, 6.0)]

    assert quiz_attempt.misses(slow) == [
        "an attempt takes 111 queries, not 110",
        "an attempt takes 30.0 bare pages, not 28",
    ]
    assert item_statistics.misses(steep) == [
        "an answer takes 2.00 times as long to count, not 1.25",
        "the page of statistics takes 2.00 times as long, not 1.25",
    ]
