"""What people found wrong about the coach, by rule, for those who write the rules."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.functional import Promise

from assessments.models import CoachReport
from assessments.queries.coach import rule_words

REPORTS_SHOWN = 100


@dataclass(frozen=True)
class ReportsOnRule:
    """The reports on one rule, the latest first, and how many there are in each state."""

    rule: str
    reports: tuple[CoachReport, ...]
    open_count: int
    settled_count: int

    @property
    def says(self) -> str | Promise:
        """What the coach says where the rule applies."""
        return rule_words(self.rule)


def coach_reports(*, is_settled: bool) -> tuple[ReportsOnRule, ...]:
    """Return the latest reports in one state, by rule: the rule with the most comes first.

    Two queries. Who reported is not among it: practice is private to the person who practices.
    """
    in_state = ~Q(settled_at=None) if is_settled else Q(settled_at=None)
    latest = CoachReport.objects.filter(in_state).defer("reported_by")[:REPORTS_SHOWN]
    by_rule: dict[str, list[CoachReport]] = {}
    for report in latest:
        by_rule.setdefault(report.rule, []).append(report)
    counts = CoachReport.objects.order_by().values("rule")
    counts = counts.annotate(all=Count("pk"), open=Count("pk", filter=Q(settled_at=None)))
    found = [
        ReportsOnRule(
            rule=one["rule"],
            reports=tuple(by_rule[one["rule"]]),
            open_count=one["open"],
            settled_count=one["all"] - one["open"],
        )
        for one in counts
        if one["rule"] in by_rule
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.reports), one.rule)))
