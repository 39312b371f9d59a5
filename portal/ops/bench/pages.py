"""The pages that the bench asks for, as whom, and what each may cost."""

from dataclasses import dataclass

from django.urls import reverse

from courses.models import Activity, ActivityKind, Enrolment, Module
from portal.ops.bench.seed import CAST
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


def pages() -> list[Page]:
    """Return the main pages of agents, leads and admins, as they are in the scale database."""
    agent = User.objects.get(email=CAST.agent)
    module = _module_of(agent)
    names = {"course": module.course.slug, "module": module.slug}
    lesson = module.activities.get(kind=ActivityKind.LESSON)
    return [
        Page("My learning", reverse("courses:my-learning"), CAST.agent, AGENT_BAR),
        Page("Library", reverse("courses:catalogue"), CAST.agent, AGENT_BAR),
        Page("Module", reverse("courses:module", kwargs=names), CAST.agent, AGENT_BAR),
        Page("Lesson", _lesson_path(names, lesson), CAST.agent, AGENT_BAR),
        Page("Before a call", _brief_path(module), CAST.agent, AGENT_BAR),
        Page("Team, 50 people", reverse("courses:team"), CAST.lead, LIST_BAR),
        Page("Assign", reverse("courses:assign"), CAST.lead, LIST_BAR),
        Page("One person", reverse("courses:person", args=[agent.pk]), CAST.lead, LIST_BAR),
        Page("Team, as admin", reverse("courses:team"), CAST.admin, LIST_BAR),
        Page("People", reverse("people:people-list"), CAST.admin, LIST_BAR),
        Page("Mail", reverse("notifications:outbox"), CAST.admin, LIST_BAR),
        Page("Content", reverse("courses:content-list"), CAST.admin, LIST_BAR),
    ]


def _module_of(agent: User) -> Module:
    enrolment = Enrolment.objects.open().filter(user=agent).order_by("due_at").first()  # type: ignore[attr-defined]
    return Module.objects.select_related("course").get(pk=enrolment.module_id)


def _lesson_path(names: dict[str, str], lesson: Activity) -> str:
    return reverse("courses:read-lesson", kwargs=names | {"activity": lesson.slug})


def _brief_path(module: Module) -> str:
    scenario = module.activities.get(kind=ActivityKind.SCENARIO)
    return reverse("assessments:brief", args=[scenario.pk])
