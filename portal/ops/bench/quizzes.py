"""Measures quizzes: a whole attempt, and a million answers in the statistics of authors."""

from collections.abc import Mapping

from portal.ops.bench import item_statistics, quiz_attempt


def run_quizzes(env: Mapping[str, str], database_pid: int) -> int:
    """Measure, print the figures beside their bars; 1 if any bar is missed.

    Needs some people in the database.
    """
    attempt = quiz_attempt.attempt_cost(env, database_pid)
    quiz_attempt.print_attempt(attempt)
    counted = item_statistics.counting_costs(database_pid)
    item_statistics.print_counting(counted)
    missed = quiz_attempt.misses(attempt) + item_statistics.misses(counted)
    print("\nEvery bar is met." if not missed else "\nBars missed: " + "; ".join(missed) + ".")
    return 1 if missed else 0
