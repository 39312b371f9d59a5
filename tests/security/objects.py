"""The people and things of the access tests: two teams that know nothing of each other."""

from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from assessments.models import CoachReport
from courses.actions.drafting import save_draft
from courses.actions.paneling import open_panel
from courses.actions.publishing import publish_revision
from courses.models import Activity, ChangeKind, ContentRevision, KeyPanel, MediaFile
from portal.audit.models import AuditEvent, record
from portal.kit.clock import now
from portal.people.actions.invitations import invite_person
from portal.people.models import Invitation, Membership, Team, User
from portal.people.permissions import Role
from portal.people.signals import invitation_made
from tests.factories.assessments import CoachReportFactory
from tests.factories.courses import (
    ActivityFactory,
    LessonFactory,
    QuizFactory,
    ScenarioFactory,
)
from tests.factories.people import MembershipFactory, PersonFactory, TeamFactory
from tests.factories.quizzes import every_type_raw
from tests.factories.sheets import give_sheets
from tests.security.belongings import Belongings, give_belongings


@dataclass(frozen=True)
class World:
    """One viewer for each column of the tables, and the things they ask for.

    `own` belongs to the agent among the viewers, who is in the team of the lead among them;
    `foreign` to an agent of another team. The rest belongs to nobody.
    """

    viewers: dict[str, User]
    cookies: dict[str, SimpleCookie]
    own: Belongings
    foreign: Belongings
    team: Team
    membership: Membership
    invitation: Invitation
    token: str
    event: AuditEvent
    unconfirmed: EmailAddress
    lesson: Activity
    edited: Activity
    scenario: Activity
    quiz: Activity
    wrong_key: ContentRevision
    panel: KeyPanel
    media: MediaFile
    coach_report: CoachReport


def build_world() -> World:
    """Make people and things; a new kind of thing becomes a field here or of `Belongings`."""
    viewers = _viewers()
    blue, gold = TeamFactory(name="Blue"), TeamFactory(name="Gold")
    membership = MembershipFactory(user=viewers["agent"], team=blue)
    MembershipFactory(user=viewers["lead"], team=blue, is_lead=True)
    stranger, other_lead = PersonFactory(name="Stranger"), PersonFactory(lead=True)
    MembershipFactory(user=stranger, team=gold)
    MembershipFactory(user=other_lead, team=gold, is_lead=True)
    invitation, token = _invite(by=viewers["admin"], team=blue)
    learning = {"lesson": LessonFactory(), "scenario": ScenarioFactory(), "quiz": QuizFactory()}
    give_sheets(learning["lesson"].module)
    own = give_belongings(viewers["agent"], led_by=viewers["lead"], **learning)
    edited = ActivityFactory(module=learning["lesson"].module)
    save_draft(edited, {"title": "Edited"}, version=0, by=viewers["author"], at=now())
    return World(
        viewers=viewers,
        edited=edited,
        cookies={"visitor": SimpleCookie()} | {who: _sign_in(p) for who, p in viewers.items()},
        own=own,
        foreign=give_belongings(stranger, led_by=other_lead, **learning),
        team=blue,
        membership=membership,
        invitation=invitation,
        token=token,
        event=record("invited", invitation, by=viewers["admin"], at=now()),
        unconfirmed=EmailAddress.objects.create(user=stranger, email="new@example.org"),
        media=_picture(),
        wrong_key=_mend_a_key(learning["quiz"]),
        panel=open_panel(
            QuizFactory(published=every_type_raw()).live_revision,
            "rate-each",
            raters=[viewers["lead"]],
            by=viewers["author"],
            at=now(),
        ),
        coach_report=CoachReportFactory(answer=own.past_call.answers.first()),
        **learning,
    )


def _viewers() -> dict[str, User]:
    return {
        "agent": PersonFactory(name="Agent"),
        "lead": PersonFactory(name="Lead", lead=True),
        "author": PersonFactory(name="Author", author=True),
        "admin": PersonFactory(name="Admin", admin=True),
        "operator": PersonFactory(name="Operator", is_staff=True, is_superuser=True),
        "deactivated": PersonFactory(name="Deactivated", roles=list(Role), is_active=False),
    }


def _sign_in(person: User) -> SimpleCookie:
    client = Client()
    client.force_login(person)
    return client.cookies


def _invite(by: User, team: Team) -> tuple[Invitation, str]:
    tokens: list[str] = []

    def take(token: str, **_: Any) -> None:
        tokens.append(token)

    invitation_made.connect(take)
    invitation = invite_person(
        email="riley@example.org", name="Riley", roles=[Role.AGENT], team=team, by=by, at=now()
    )
    invitation_made.disconnect(take)
    return invitation, tokens[0]


def _mend_a_key(quiz: Activity) -> ContentRevision:
    raw = quiz.live_revision.content | {"title": "A mended quiz"}
    return publish_revision(quiz, raw, by=None, at=now(), change_kind=ChangeKind.WRONG_KEY)


def _picture() -> MediaFile:
    file = MediaFile.objects.create(
        sha256="a" * 64, name="ear.png", mime_type="image/png", size_bytes=3, added_at=now()
    )
    default_storage.save(file.storage_name, ContentFile(b"png"))
    return file
