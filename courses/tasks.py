"""When courses do something by themselves."""

from celery import shared_task

from courses.actions.banking import bank_what_is_missing
from courses.actions.reminders import close_what_is_over, plan_learning_reminders
from courses.actions.rules import run_rules
from portal.kit.clock import now


@shared_task
def plan_learning_reminders_task() -> int:
    """Plan the reminders that have come; safe to run twice, and several at once."""
    return plan_learning_reminders(now=now())


@shared_task
def close_what_is_over_task() -> int:
    """End duties that can no longer be finished; safe to run twice, and several at once."""
    return close_what_is_over(now=now())


@shared_task
def run_rules_task() -> int:
    """Let rules reach whoever joined, and bring back what ran out; safe to run twice."""
    return run_rules(now=now())


@shared_task
def bank_what_is_missing_task() -> int:
    """Take in what was published before there was a question bank; safe to run twice."""
    return bank_what_is_missing()
