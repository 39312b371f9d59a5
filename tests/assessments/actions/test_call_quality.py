"""Imported call-quality scores: evidence from the job, once each, all of a file or nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command

from assessments.actions.call_quality import UnknownPeople, import_call_quality
from assessments.actions.rebuilding import differing_estimates
from assessments.models import EvidenceKind, SkillEstimate, SkillEvidence
from assessments.scorecards import Scorecard
from courses.content.skills import Skill
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

DAY = MONDAY.date()


@pytest.fixture
def priya():
    return PersonFactory(email="priya@example.org")


def card(reference, days_ago=0, email="Priya@example.org", **scores: float):
    found = {Skill(name): share for name, share in scores.items()} or {Skill.EMPATHY: 0.8}
    return Scorecard(email, reference, DAY - timedelta(days=days_ago), found)


def test_scores_move_the_line_of_the_job_only_each_once(priya):
    cards = [card("QA-2", empathy=0.9, eq=0.4), card("QA-1", days_ago=3, empathy=0.7)]

    assert import_call_quality(cards, at=MONDAY) == 2
    assert import_call_quality([*cards, card("QA-3")], at=MONDAY) == 1

    evidence = SkillEvidence.objects.filter(user=priya, skill=Skill.EMPATHY).order_by("pk")
    assert [(one.proof, one.kind, one.value) for one in evidence] == [
        ("call-quality:QA-1", EvidenceKind.JOB, 0.7),
        ("call-quality:QA-2", EvidenceKind.JOB, 0.9),
        ("call-quality:QA-3", EvidenceKind.JOB, 0.8),
    ]
    assert set(SkillEstimate.objects.values_list("kind", flat=True)) == {EvidenceKind.JOB}
    assert list(differing_estimates()) == []


def test_somebody_unknown_stops_all_of_it(priya):
    PersonFactory(email="gone@example.org", is_active=False)
    cards = [card("QA-1"), card("QA-2", email="gone@example.org")]

    with pytest.raises(UnknownPeople, match=r"^Nobody active has the address gone@example\.org\.$"):
        import_call_quality(cards, at=MONDAY)

    assert not SkillEvidence.objects.exists()


@time_machine.travel(MONDAY, tick=False)
def test_a_file_is_imported_by_command(priya, tmp_path, capsys):
    file = tmp_path / "scores.csv"
    file.write_text("\ufeffemail,reference,day,empathy\npriya@example.org,QA-1,2026-01-05,80\n")

    call_command("skills", "import", file)
    call_command("skills", "import", str(file))

    assert capsys.readouterr().out.splitlines() == [
        "1 of 1 scorecards were new, and are evidence now.",
        "0 of 1 scorecards were new, and are evidence now.",
    ]
    with pytest.raises(CommandError, match=r"^Name the CSV file to import\.$"):
        call_command("skills", "import")
    file.write_text("email,reference,day\npriya@example.org,QA-2,2026-01-05\n")
    with pytest.raises(CommandError, match=r"^Nothing was imported\. Line 2: it scores none"):
        call_command("skills", "import", file)
