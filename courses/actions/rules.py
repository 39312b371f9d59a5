"""Assignments that go on by themselves: they reach whoever joins, and bring back what ran out.

They do so in the name of a lead, and only as long as that lead may assign to their teams.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from courses.actions.enrolling import (
    Planner,
    assigned_drafts,
    lacking_duties,
    lock_people,
    store_duties,
)
from courses.actions.progress import set_progress_aside
from courses.models import Assignment, Enrolment, RuleRun
from courses.queries.audience import AssignmentChoice, choice_of, members_of_rule, modules_of
from courses.queries.rules import leads_for, reason_to_pause, renewals_due
from portal.audit.models import record
from portal.kit.errors import Refusal
from portal.notifications.actions.outbox import plan_emails
from portal.people.models import User


class NotTheirs(Refusal):
    """Somebody may not have this rule."""


def run_rules(*, now: datetime) -> int:
    """Let every rule that was not stopped do what there is to do; return how many people it told.

    Each rule is one transaction that locks it, and skips one that runs elsewhere: the sweep may
    run twice, late, or on two machines.
    """
    rules = Assignment.objects.going_on().order_by("pk").values_list("pk", flat=True)
    return sum(_run(pk, now) for pk in list(rules))


@transaction.atomic
def stop_rule(assignment: Assignment, *, by: User, at: datetime) -> bool:
    """Let a rule reach nobody any more; what it gave stays. Return whether it still ran."""
    stopped = Assignment.objects.going_on().filter(pk=assignment.pk)
    is_new = bool(stopped.update(stopped_at=at, stopped_by=by))
    if is_new:
        record("stopped rule", assignment, by=by, at=at)
    return is_new


@transaction.atomic
def pass_on_rule(assignment: Assignment, *, to: User, by: User, at: datetime) -> None:
    """Let a rule go on in the name of another lead; whom it gave it to keeps it.

    Raises:
        NotTheirs: it was stopped, or the lead may not assign to its teams.
    """
    running = Assignment.objects.going_on().select_for_update(of=("self",))
    found = running.select_related("made_by", "passed_to").filter(pk=assignment.pk).first()
    if found is None or to not in leads_for(found):
        raise NotTheirs(_("Choose a lead from the list, while it has not been stopped."))
    before, found.passed_to, found.paused_as = found.lead, to, ""
    found.save(update_fields=["passed_to", "paused_as"])
    record("passed on rule", found, by=by, at=at, before=before.pk, after=to.pk)


def _may_go_on(rule: Assignment, now: datetime) -> bool:
    """Say whether a rule's lead may still assign to its teams; else it pauses until one may."""
    why = reason_to_pause(rule)
    if (why or "") != rule.paused_as:
        rule.paused_as = why or ""
        rule.save(update_fields=["paused_as"])
        record("paused rule" if why else "resumed rule", rule, by=None, at=now, why=rule.paused_as)
    return why is None


@transaction.atomic
def _run(pk: int, now: datetime) -> int:
    rules = Assignment.objects.going_on().select_related("module", "course", "made_by", "passed_to")
    rule = rules.filter(pk=pk).select_for_update(of=("self",), skip_locked=True).first()
    if rule is None:
        return 0
    if not _may_go_on(rule, now):
        return 0
    plan = _Plan(rule, choice_of(rule), now)
    members = members_of_rule(rule, plan.choice, now=now)
    ids = {duty.user_id for duty in plan.duties(members)}
    if not ids:
        return 0
    people = User.objects.filter(pk__in=ids)
    lock_people(people)
    stored = store_duties(rule, plan.duties(people))
    if not stored:
        return 0
    again = {(one.user_id, one.module_id) for one in stored if plan.comes_back(one)}
    set_progress_aside(again, at=now)
    drafts = assigned_drafts(rule, stored, which=f":{stored[0].pk}")
    plan_emails(drafts, at=now)
    renewed = len({user for user, _ in again})
    reached = len({one.user_id for one in stored if not plan.comes_back(one)})
    RuleRun.objects.create(assignment=rule, at=now, reached=reached, renewed=renewed)
    record("ran rule", rule, by=None, at=now, reached=reached, renewed=renewed)
    return len(drafts)


class _Plan:
    """What a rule has to give to people now; asked again once they are locked."""

    def __init__(self, rule: Assignment, choice: AssignmentChoice, now: datetime) -> None:
        self.rule, self.choice, self.now = rule, choice, now
        self._modules = modules_of(choice.what)
        self._planner = Planner(choice, now)
        self._renewals: set[tuple[int, int]] = set()

    def duties(self, people: QuerySet[User]) -> list[Enrolment]:
        """Return what these people lack and what has run out, not stored yet."""
        found = self._first_time(people) if self.rule.reaches_later else []
        if self.rule.renew_months is None:
            return found
        due = renewals_due(self.rule, people, self._modules, now=self.now)
        self._renewals = {(one.person.pk, one.module.pk) for one in due}
        for one in due:
            found += self._planner.duties(
                one.person, [one.module], one.due_on, occurrence=one.occurrence
            )
        return found

    def comes_back(self, duty: Enrolment) -> bool:
        """Whether somebody has it to do again."""
        return (duty.user_id, duty.module_id) in self._renewals

    def _first_time(self, people: QuerySet[User]) -> list[Enrolment]:
        """Return duties for those whom the rule never gave them: what was withdrawn stays so."""
        given = self.rule.enrolments.filter(module__in=self._modules)
        but = set(given.values_list("user_id", "module_id"))
        return lacking_duties(people, self._modules, self._planner, but=but)
