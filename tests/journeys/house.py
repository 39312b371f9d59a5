"""The support center in which every journey plays: its people, and some of the curriculum."""

from dataclasses import dataclass
from datetime import date, timedelta

from courses.actions.assigning import assign_learning
from courses.actions.loading import load_library
from courses.due_dates import DuePolicy
from courses.models import Activity, Assignment, Module
from courses.queries.audience import AssignmentChoice
from courses.reminder_times import ReminderChoice
from portal.kit.clock import local_date, now
from portal.people.models import Team, User
from tests.factories.curriculum import sample_of_curriculum
from tests.factories.people import MembershipFactory, PersonFactory, ProgrammeFactory, TeamFactory


@dataclass(frozen=True)
class House:
    """Dana leads the blue team with Priya and Jomar; Samuel leads the night team with Imani."""

    dana: User
    priya: User
    jomar: User
    samuel: User
    imani: User
    alex: User
    blue: Team
    night: Team
    module: Module

    @property
    def module_path(self) -> str:
        """The address of the module's page."""
        return f"/courses/{self.module.course.slug}/{self.module.slug}/"

    @property
    def due_on(self) -> date:
        """Three days from now where Priya is: soon enough to be due soon."""
        return local_date(now(), self.priya.time_zone) + timedelta(days=3)

    def step(self, kind: str) -> Activity:
        """Return the lesson, the scenario or the quiz of the module."""
        return self.module.activities.select_related("live_revision").get(kind=kind)

    def assign_to_priya(self) -> Assignment:
        """Let Dana assign the module to Priya, with a word of her own."""
        choice = AssignmentChoice(
            what=self.module,
            people=frozenset({self.priya.pk}),
            teams=frozenset(),
            due=DuePolicy.on_date(self.due_on),
            reminders=ReminderChoice(days_before=1, notes_overdue=True),
        )
        note = "You said billing calls run long. This one helps."
        return assign_learning(choice, by=self.dana, at=now(), note=note).assignment


def open_house() -> House:
    """Load two modules of the curriculum, and let everybody join."""
    load_library(sample_of_curriculum(), by=None, at=now())
    programme = ProgrammeFactory(name="Patient Access")
    blue = TeamFactory(name="Scheduling Blue", parent=programme)
    night = TeamFactory(name="Night Intake", parent=programme)
    dana = PersonFactory(name="Dana Whitfield", email="dana@example.org", lead=True)
    priya = PersonFactory(name="Priya Raman", email="priya@example.org")
    jomar = PersonFactory(name="Jomar Santos", email="jomar@example.org")
    samuel = PersonFactory(name="Samuel Okafor", email="samuel@example.org", lead=True)
    imani = PersonFactory(name="Imani Brooks", email="imani@example.org")
    alex = PersonFactory(name="Alex Morgan", email="alex@example.org", admin=True)
    for person, team in ((dana, blue), (priya, blue), (jomar, blue), (samuel, night)):
        MembershipFactory(user=person, team=team, is_lead=person in (dana, samuel))
    MembershipFactory(user=imani, team=night)
    module = Module.objects.select_related("course").get(slug="hear-the-whole-story-first")
    return House(dana, priya, jomar, samuel, imani, alex, blue, night, module)
