"""What one person has: duties, runs, a mail and a passkey. The access tests make it twice."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from assessments.actions.comments import add_comment
from assessments.actions.marking import mark_answer
from assessments.actions.own_views import see_differently
from assessments.actions.quiz_attempts import finish_quiz
from assessments.models import (
    AnswerMark,
    Attempt,
    AttemptMode,
    MomentComment,
    OtherView,
    SkillEvidence,
    SpacedCard,
)
from courses.content.skills import Skill
from courses.models import Activity, Enrolment, Programme, SavedView
from portal.coaching.actions.feeding import open_feed
from portal.coaching.actions.meeting import agree_action, save_private_note
from portal.coaching.actions.observing import Heard, record_observation
from portal.coaching.actions.praising import say_words
from portal.coaching.actions.releasing import ask_for_notes
from portal.coaching.models import (
    ActionItem,
    AgendaItem,
    CalendarFeed,
    CalibrationRound,
    FeedbackSession,
    MentoringPair,
    NotesRequest,
    Observation,
)
from portal.kit.clock import now
from portal.notifications.actions.outbox import EmailDraft, plan_emails
from portal.notifications.models import OutgoingEmail
from portal.people.models import User
from portal.programmes.actions.giving import give_programme
from portal.programmes.actions.writing import write_programme
from portal.programmes.models import GivenProgramme
from tests.factories.assessments import AttemptFactory
from tests.factories.coaching import a_round, a_run_line, planned
from tests.factories.courses import AssignmentFactory, CompletionFactory, EnrolmentFactory
from tests.factories.marks import FULL_MARKS, handed_in
from tests.factories.people import PersonFactory
from tests.factories.programmes import programme_raw, published
from tests.factories.refreshers import recall_card
from tests.factories.runs import begin_run, finished_run


@dataclass(frozen=True)
class Belongings:
    """The things of one person; `led_by` has assigned them their duty."""

    person: User
    enrolment: Enrolment
    call: Attempt
    past_call: Attempt
    comment: MomentComment
    other_view: OtherView
    mark: AnswerMark
    given_mark: AnswerMark
    card: SpacedCard
    programme: GivenProgramme
    written: Programme
    quiz: Attempt
    past_quiz: Attempt
    mail: OutgoingEmail
    passkey: Authenticator
    session: FeedbackSession
    feed: CalendarFeed
    action: ActionItem
    run_line: AgendaItem
    notes_request: NotesRequest
    mentoring: MentoringPair
    round: CalibrationRound
    heard: Observation
    evidence: SkillEvidence
    view: SavedView
    finished: Enrolment


def give_belongings(
    person: User, *, led_by: User, lesson: Activity, scenario: Activity, quiz: Activity
) -> Belongings:
    """Let a person be assigned the lesson's module, play and answer, get a mail and a passkey."""
    assignment = AssignmentFactory(
        module=lesson.module, made_by=led_by, made_at=now(), reaches_later=True, renew_months=12
    )
    in_a_week = now() + timedelta(days=7)
    session = planned(led_by, person, starts_at=in_a_week, at=now())
    past_quiz = AttemptFactory(user=person, activity=quiz, mode=AttemptMode.ASSESSED)
    past_call = finished_run(scenario, person, mode=AttemptMode.ASSESSED)
    return Belongings(
        person=person,
        enrolment=EnrolmentFactory(user=person, module=lesson.module, assignment=assignment),
        past_call=past_call,
        evidence=past_call.evidence.earliest("pk"),
        comment=add_comment(past_call, reply_number=1, words="So.", by=person, at=now()),
        other_view=see_differently(Skill.EQ, "No.", by=person, at=now()),
        mark=handed_in(person, at=now()),
        given_mark=mark_answer(
            handed_in(person, at=now()), levels=FULL_MARKS, comment="", by=led_by, at=now()
        ),
        card=recall_card(person, at=now() - timedelta(days=2)),
        programme=give_programme(
            published(programme_raw(lesson.module)), [person.pk], by=led_by, at=now()
        )[0],
        written=write_programme(programme_raw(lesson.module), by=led_by, at=now()).programme,
        call=begin_run(scenario, person),
        past_quiz=finish_quiz(past_quiz.pk, by=person, at=now()),
        quiz=AttemptFactory(user=person, activity=quiz),
        mail=_mail_to(person),
        passkey=_give_passkey(person),
        session=session,
        feed=open_feed(by=person, at=now()),
        action=agree_action(
            session.pk, owner=person, words="A time", due_on=now().date(), by=led_by, at=now()
        ),
        notes_request=_a_private_note_is_asked_for(session, at=now()),
        mentoring=MentoringPair.objects.create(
            mentor=PersonFactory(),
            mentee=person,
            skill=Skill.EMPATHY,
            goal="Say back fact and feeling.",
            proposed_by=led_by,
            proposed_at=now(),
        ),
        run_line=a_run_line(session, past_call),
        heard=record_observation(
            session.pk,
            Skill.EMPATHY,
            {"EM1": Heard(3, "That hurt.")},
            heard_on=now().date(),
            by=led_by,
            at=now(),
        ),
        round=a_round(led_by, PersonFactory(lead=True), at=now()),
        finished=_finished_duty(person, led_by=led_by),
        view=SavedView.objects.create(owner=led_by, name="Nights", text="a", saved_at=now()),
    )


def _a_private_note_is_asked_for(session: FeedbackSession, *, at: datetime) -> NotesRequest:
    save_private_note(session.pk, "Ask about the shift.", by=session.lead, at=at)
    return ask_for_notes(by=session.agent, at=at)


def _finished_duty(person: User, *, led_by: User) -> Enrolment:
    completion = CompletionFactory(user=person)
    say_words(completion, "Well told.", is_kudos=True, by=led_by, at=now())
    return EnrolmentFactory(
        user=person, module=completion.module, completed_at=completion.completed_at
    )


def _mail_to(person: User) -> OutgoingEmail:
    draft = EmailDraft(
        kind="account",
        recipient=person,
        to_address=person.email,
        dedupe_key=f"account:{person.pk}",
        params={"mail": "password_changed"},
        due_at=now(),
    )
    plan_emails([draft], at=now())
    return OutgoingEmail.objects.get(dedupe_key=draft.dedupe_key)


def _give_passkey(person: User) -> Authenticator:
    RecoveryCodes.activate(person)
    return WebAuthn.add(person, "Passkey", _registered_passkey()).instance


def _registered_passkey() -> dict[str, object]:
    """Return what a browser sends when it has made a passkey."""
    public_key = ES256.from_cryptography_key(generate_private_key(SECP256R1()).public_key())
    credential = AttestedCredentialData.create(b"\0" * 16, b"credential", public_key)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT
    seen = AuthenticatorData.create(b"\0" * 32, flags, 0, credential)
    client_data = CollectedClientData.create("webauthn.create", b"challenge", "http://testserver")
    return {
        "id": websafe_encode(b"credential"),
        "rawId": websafe_encode(b"credential"),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(client_data),
            "attestationObject": websafe_encode(AttestationObject.create("none", seen, {})),
        },
        "clientExtensionResults": {},
    }
