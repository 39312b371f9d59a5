"""Checks of a scenario beyond its form: is all of it reached, fair, and easy to follow?"""

from courses.content.findings import Finding, Severity
from courses.content.lint_scenario_graph import graph_findings
from courses.content.lint_scenario_scoring import scoring_findings
from courses.content.lint_scenario_time import time_findings
from courses.content.lint_scenario_wording import wording_findings
from courses.content.scenario_shapes import Scenario
from courses.content.scenario_walk import walk

__all__ = ["Finding", "Severity", "lint_scenario"]

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def lint_scenario(scenario: Scenario) -> tuple[Finding, ...]:
    """Return what is worth an author's attention, errors first; an error forbids publishing.

    Every state of every patient card is walked and the bots play, so this takes tenths of a
    second. What holds for several cards is said once.
    """
    walks = tuple(walk(scenario, card) for card in scenario.cards)
    findings: dict[tuple[str, str], Finding] = {}
    for finding in (
        *graph_findings(scenario, walks),
        *scoring_findings(scenario, walks),
        *wording_findings(scenario, walks),
        *time_findings(scenario, walks),
    ):
        findings.setdefault((finding.code, finding.path), finding)
    return tuple(sorted(findings.values(), key=lambda finding: _ORDER[finding.severity]))
