"""The pages that the bench asks for, as whom, and what each may cost."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from courses.content.skills import Skill
from courses.models import Activity, ActivityKind, Enrolment, Module
from portal.notifications.models import EmailState
from portal.ops.bench.attempts import Attempts, attempts_of, give_due_cards
from portal.ops.bench.seed import CAST
from portal.ops.bench.together import PROGRAMME_AGENT, PROGRAMME_LEAD, together_of
from portal.people.models import User

AGENT_BAR, LIST_BAR, GROWTH_BAR = 3.0, 5.0, 1.3
FIRST_VISIT_BYTES, FIRST_VISIT_REQUESTS = 150_000, 10


@dataclass(frozen=True)
class Page:
    """A page, the person who opens it, and the bar for its cost as a ratio to the bare page."""

    name: str
    path: str
    email: str
    bar: float


class UnknownPage(ValueError):
    """The bench has no page of that name."""


def pages(*, only: Sequence[str] = ()) -> list[Page]:
    """Return the main pages as they are in the scale database, or just those with these names."""
    found = _all_pages()
    if unknown := set(only) - {page.name for page in found}:
        names = ", ".join(page.name for page in found)
        raise UnknownPage(f"No page is called {', '.join(sorted(unknown))}. There are: {names}.")
    return [page for page in found if not only or page.name in only]


def _all_pages() -> list[Page]:
    agent = User.objects.get(email=CAST.agent)
    module = _module_of(agent)
    names = {"course": module.course.slug, "module": module.slug}
    lesson = module.activities.filter(kind=ActivityKind.LESSON).earliest("position")
    attempts = attempts_of(agent, module)
    give_due_cards(agent)
    return [
        Page("My learning", reverse("courses:my-learning"), CAST.agent, AGENT_BAR),
        Page("Library", reverse("courses:catalogue"), CAST.agent, AGENT_BAR),
        Page("Module", reverse("courses:module", kwargs=names), CAST.agent, AGENT_BAR),
        Page("Lesson", _lesson_path(names, lesson), CAST.agent, AGENT_BAR),
        Page("Before a call", _brief_path(module), CAST.agent, AGENT_BAR),
        *_attempt_pages(attempts),
        Page("My skills", reverse("assessments:my-skills"), CAST.agent, AGENT_BAR),
        Page("A refresher card", reverse("assessments:refresh"), CAST.agent, AGENT_BAR),
        Page("Team, 50 people", reverse("courses:team"), CAST.lead, LIST_BAR),
        Page("Skills, 50 people", reverse("assessments:team-skills"), CAST.lead, LIST_BAR),
        Page("Assign", reverse("courses:assign"), CAST.lead, LIST_BAR),
        Page("One person", reverse("courses:person", args=[agent.pk]), CAST.lead, LIST_BAR),
        Page("Team, as admin", reverse("courses:team"), CAST.admin, LIST_BAR),
        Page("People", reverse("people:people-list"), CAST.admin, LIST_BAR),
        Page("Mail", reverse("notifications:outbox"), CAST.admin, LIST_BAR),
        Page("Content", reverse("courses:content-list"), CAST.admin, LIST_BAR),
        Page("Who needs a hand, 50 people", reverse("coaching:needs"), CAST.lead, LIST_BAR),
        Page("People by modules, 50 people", reverse("courses:matrix"), CAST.lead, LIST_BAR),
        Page("Rules", reverse("courses:rules"), CAST.lead, LIST_BAR),
        Page("Sites and programs", reverse("courses:rollup"), CAST.admin, LIST_BAR),
        *_pages_of_skills(),
        *_pages_together(agent),
        *_pages_of_operation(attempts),
    ]


def _pages_of_skills() -> list[Page]:
    skill = reverse("assessments:my-skill", args=[Skill.LISTENING.value])
    return [
        Page("One skill", skill, CAST.agent, AGENT_BAR),
        Page("Refresher settings", reverse("assessments:refresh-settings"), CAST.agent, AGENT_BAR),
        Page("Teams side by side", reverse("assessments:skill-groups"), CAST.admin, LIST_BAR),
        Page("Skill check", reverse("assessments:skill-check"), CAST.admin, LIST_BAR),
        Page("Marking queue, 50", reverse("assessments:marking-queue"), CAST.lead, LIST_BAR),
    ]


def _pages_together(agent: User) -> list[Page]:
    found = together_of(User.objects.get(email=CAST.lead), agent)
    session = reverse("coaching:session", args=[found.session.pk])
    programme = reverse("programmes:programme", args=[found.given.pk])
    calibration = reverse("coaching:calibration", args=[found.round.pk])
    team_programmes = reverse("programmes:team-programmes")
    return [
        Page("Feedback", reverse("coaching:sessions"), CAST.agent, AGENT_BAR),
        Page("Feedback, as lead", reverse("coaching:sessions"), CAST.lead, LIST_BAR),
        Page("A session", session, CAST.lead, LIST_BAR),
        Page("Sessions overview", reverse("coaching:overview"), CAST.admin, LIST_BAR),
        Page("Calibration", reverse("coaching:calibrations"), CAST.lead, LIST_BAR),
        Page("A round", calibration, CAST.lead, LIST_BAR),
        Page("My programs", reverse("programmes:my-programmes"), PROGRAMME_AGENT, AGENT_BAR),
        Page("A program", programme, PROGRAMME_AGENT, AGENT_BAR),
        Page("Programs, 50 people", team_programmes, PROGRAMME_LEAD, LIST_BAR),
    ]


def _pages_of_operation(attempts: Attempts) -> list[Page]:
    quiz = reverse("assessments:quiz-statistics", args=[attempts.ended_quiz.activity_id])
    dead = f"{reverse('notifications:outbox')}?state={EmailState.DEAD}"
    preferences = reverse("notifications:preferences")
    return [
        Page("Quiz statistics", quiz, CAST.admin, LIST_BAR),
        Page("Mail not delivered", dead, CAST.admin, LIST_BAR),
        Page("Mail preferences", preferences, CAST.agent, AGENT_BAR),
    ]


def _attempt_pages(attempts: Attempts) -> list[Page]:
    shown = (
        ("Call, moment 3", "play-scenario", attempts.open_run),
        ("Debrief", "debrief", attempts.ended_run),
        ("Quiz question", "take-quiz", attempts.open_quiz),
        ("Quiz results", "quiz-results", attempts.ended_quiz),
    )
    return [
        Page(name, reverse(f"assessments:{view}", args=[attempt.pk]), CAST.agent, AGENT_BAR)
        for name, view, attempt in shown
    ]


def _module_of(agent: User) -> Module:
    """Return what the agent has to do first of the seed's copies of the first module."""
    duties = Enrolment.objects.open().filter(user=agent)  # type: ignore[attr-defined]  # a filter of its own
    first_call = Activity.objects.filter(kind=ActivityKind.SCENARIO).earliest("module_id")
    copies = Activity.objects.filter(live_revision=first_call.live_revision).values("module")
    enrolment = duties.filter(module__in=copies).order_by("due_at").first()
    return Module.objects.select_related("course").get(pk=enrolment.module_id)


def _lesson_path(names: dict[str, str], lesson: Activity) -> str:
    return reverse("courses:read-lesson", kwargs=names | {"activity": lesson.slug})


def _brief_path(module: Module) -> str:
    scenario = module.activities.filter(kind=ActivityKind.SCENARIO).earliest("position")
    return reverse("assessments:brief", args=[scenario.pk])
