"""Something on every page: people at all stages of a module, and mails in several states."""

from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from assessments.actions.attempts import start_attempt
from assessments.actions.comments import add_comment
from assessments.actions.correcting import correct_mark
from assessments.actions.extra_time import set_extra_time
from assessments.actions.marking import mark_answer
from assessments.actions.own_views import answer_view, rate_oneself, see_differently
from assessments.actions.quiz_attempts import answer_item, finish_quiz
from assessments.actions.scenario_runs import read_run
from assessments.actions.statistics import count_attempts
from assessments.models import (
    AnswerMark,
    Attempt,
    AttemptMode,
    MomentComment,
    OtherView,
    SpacedCard,
)
from assessments.queries.quiz_taken import quiz_taken
from courses.actions.drafting import save_draft
from courses.actions.paneling import close_panel, open_panel, rate_options
from courses.actions.progress import finish_activity
from courses.actions.publishing import publish_revision
from courses.content.bots import best, worst
from courses.content.options import Standing
from courses.content.quiz_items import Item, ItemType
from courses.content.scenario_graph import open_choices
from courses.content.scenario_shapes import AnswerKind
from courses.content.skills import Skill
from courses.models import (
    Activity,
    Assignment,
    ChangeKind,
    Enrolment,
    KeyPanel,
    Module,
    Programme,
)
from courses.queries.panels import judged_items
from portal.coaching.actions.agenda import add_topic
from portal.coaching.actions.calibrating import Agreed, agree_on, show_ratings
from portal.coaching.actions.meeting import (
    agree_action,
    close_session,
    save_private_note,
    save_reflection,
    save_shared_note,
)
from portal.coaching.actions.observing import Heard, record_observation
from portal.coaching.actions.releasing import ask_for_notes
from portal.coaching.actions.scheduling import ask_for_session
from portal.coaching.models import (
    CalibrationRound,
    FeedbackSession,
    MentoringPair,
    NotesRequest,
)
from portal.coaching.reply_links import reply_path
from portal.kit.clock import local_date, now
from portal.notifications.actions.delivery import deliver_due_emails
from portal.notifications.links import unsubscribe_link
from portal.notifications.models import OutgoingEmail
from portal.people.actions.invitations import invite_person
from portal.people.models import Invitation, Team, User
from portal.people.permissions import Role
from portal.people.signals import invitation_made
from portal.programmes.models import GivenProgramme
from tests.factories.assessments import CoachReportFactory
from tests.factories.coaching import a_pair_that_is_asked, a_round, a_run_line, planned, rated
from tests.factories.courses import CompletionFactory, EnrolmentFactory
from tests.factories.marks import handed_in
from tests.factories.people import MembershipFactory, PersonFactory
from tests.factories.runs import begin_run, play, play_out
from tests.journeys.cards import cards_at_all_stages
from tests.journeys.house import House
from tests.journeys.mails import path_of
from tests.journeys.playing import ONE_RIGHT, OWN_WORDS
from tests.journeys.programmes import give_a_programme, write_a_programme
from tests.support.smtp import MailServer


@dataclass(frozen=True)
class Everything:
    """What the pages show: Priya is in the middle, Jomar at the start, Nia has nothing at all."""

    house: House
    nia: User
    mei: User
    lone_lead: User
    gone: User
    finished_call: Attempt
    second_call: Attempt
    open_call: Attempt
    typed_call: Attempt
    assessed_call: Attempt
    finished_quiz: Attempt
    open_quiz: Attempt
    fresh_quiz: Attempt
    assignment: Assignment
    enrolment: Enrolment
    invitation: Invitation
    invitation_path: str
    mails: dict[str, OutgoingEmail]
    sessions: dict[str, FeedbackSession]
    rounds: dict[str, CalibrationRound]
    notes_request: NotesRequest
    mentoring: MentoringPair
    comment: MomentComment
    views: dict[str, OtherView]
    marks: dict[str, AnswerMark]
    panels: dict[str, KeyPanel]
    cards: dict[str, SpacedCard]
    programme: GivenProgramme
    written_programme: Programme

    @property
    def questions(self) -> list[int]:
        """The numbers of questions that show each type once."""
        by_type: dict[ItemType, int] = {}
        for number, item in enumerate(quiz_taken(self.fresh_quiz).items, 1):
            by_type.setdefault(item.type, number)
        return list(by_type.values())

    def confirmation_path(self) -> str:
        """The link that confirms an address."""
        address = EmailAddress(user=self.gone, email="new@example.org")
        address.save()
        return reverse("account_confirm_email", args=[EmailConfirmationHMAC(address).key])

    def reset_path(self) -> str:
        """The link with which Nia chooses a new password."""
        key = default_token_generator.make_token(self.nia)
        names = {"uidb36": user_pk_to_url_str(self.nia), "key": key}
        return reverse("account_reset_password_from_key", kwargs=names)

    def reply_path(self) -> str:
        """The link with which Priya answers an invitation."""
        session = self.sessions["planned"]
        return reply_path(session, session.agent)

    def unsubscribe_path(self) -> str:
        """The link that stops the reminders of Nia."""
        return path_of(unsubscribe_link(self.nia.pk, "learning_reminder"))


def fill(house: House, mail_server: MailServer) -> Everything:
    """Let people learn, play and answer, and let mails leave, fail and wait."""
    invitation, invitation_path = _invite(house.alex, house.blue)
    priya, jomar, dana = house.priya, house.jomar, house.dana
    assignment = house.assign_to_priya()
    mails = _send_mails(house, mail_server)
    sessions = _meet(house)
    MembershipFactory(user=PersonFactory(name="Chidi Eze"), team=house.blue)
    _late_and_over(house)
    set_extra_time(priya, percent=50, reason="As agreed in May.", by=dana, at=now())
    lesson, call, quiz = (house.step(kind) for kind in ("lesson", "scenario", "quiz"))
    raw = lesson.live_revision.content | {"minutes": 7}
    publish_revision(lesson, raw, by=house.alex, at=now(), media=lesson.live_revision.media)
    lesson.refresh_from_db()
    draft = {**quiz.live_revision.content, "title": "A clearer title"}
    save_draft(quiz, draft, version=0, by=house.alex, at=now())
    finish_activity(lesson, lesson.live_revision, by=jomar, at=now())
    finished_call = play_out(begin_run(call, priya, AttemptMode.ASSESSED, "denise"), best)
    a_run_line(sessions["planned"], finished_call)
    second_call = play_out(begin_run(call, priya, AttemptMode.PRACTICE, "lurdes"), worst)
    CoachReportFactory(
        answer=second_call.answers.first(), words="page", note="A page is no jargon."
    )
    finished_quiz = _answered(start_quiz(quiz, priya), 10)
    finish_quiz(finished_quiz.pk, by=priya, at=now())
    count_attempts(at=now())
    lone_lead = PersonFactory(name="Lee Alone", lead=True)
    _mend_a_key(quiz)
    return Everything(
        house=house,
        nia=PersonFactory(name="Nia Bright", email="nia@example.org"),
        mei=PersonFactory(name="Mei Tanaka", author=True),
        lone_lead=lone_lead,
        gone=PersonFactory(name="Gone Away With A Rather Long Name", is_active=False),
        finished_call=finished_call,
        second_call=second_call,
        open_call=_until(begin_run(call, priya, AttemptMode.GUIDED, "denise"), AnswerKind.ACTION),
        typed_call=_until(begin_run(call, jomar, AttemptMode.GUIDED, "denise"), AnswerKind.TYPED),
        assessed_call=begin_run(call, dana, AttemptMode.ASSESSED, "lurdes"),
        finished_quiz=finished_quiz,
        open_quiz=_answered(start_quiz(quiz, priya), 10),
        fresh_quiz=start_quiz(quiz, jomar),
        assignment=assignment,
        enrolment=priya.enrolments.get(assignment=assignment),
        invitation=invitation,
        invitation_path=invitation_path,
        mails=mails,
        sessions=sessions,
        views=_see_differently(house),
        rounds=_calibrate(house, lone_lead),
        mentoring=a_pair_that_is_asked(jomar, priya, by=dana),
        notes_request=ask_for_notes(by=priya, at=now()),
        marks=_hand_in(house),
        panels=_panels_on(quiz, house),
        cards=cards_at_all_stages(_other_module(house), jomar),
        programme=give_a_programme(house),
        written_programme=write_a_programme(house),
        comment=add_comment(
            finished_call, reply_number=1, words="This is where she softened.", by=priya, at=now()
        ),
    )


def start_quiz(quiz: Any, person: User) -> Attempt:
    """Begin to take a quiz."""
    return start_attempt(quiz, by=person, at=now(), mode=AttemptMode.ASSESSED)


def _mend_a_key(quiz: Activity) -> None:
    """Publish another key for the first question; whoever begins by `quiz` has the old one."""
    raw = deepcopy(quiz.live_revision.content)
    for option in raw["items"][0]["options"]:
        option["right"] = option["id"] == "A"
    media = quiz.live_revision.media
    kind = ChangeKind.WRONG_KEY
    publish_revision(quiz, raw, by=None, at=now(), media=media, change_kind=kind)


def right_payload(item: Item) -> dict[str, Any]:
    """Return what is right, as the database keeps it."""
    by_standing = {option.standing: option.shown.id for option in item.options}
    if item.type in ONE_RIGHT:
        return {"option": by_standing[Standing.RIGHT]}
    if item.type is ItemType.MULTIPLE_CHOICE:
        return {"options": [option.shown.id for option in item.options if option.is_right]}
    if item.type is ItemType.ORDERING:
        return {"order": list(item.option_ids())}
    if item.type is ItemType.BEST_WORST:
        return {"best": by_standing[Standing.BEST], "worst": by_standing[Standing.WORST]}
    if item.type is ItemType.RATE_EACH:
        ratings = {option.shown.id: round(option.rating or 0) for option in item.options}
        return {"ratings": ratings}
    return {"text": OWN_WORDS, "held": []}


def _answered(attempt: Attempt, count: int) -> Attempt:
    """Answer the first questions; every second of those with one right answer is wrong."""
    for seq, item in enumerate(quiz_taken(attempt).items[:count], 1):
        payload = right_payload(item)
        if seq % 2 and item.type in ONE_RIGHT:
            payload = {"option": next(one for one in item.option_ids() if one != payload["option"])}
        answer_item(
            attempt.pk, seq=seq, item_id=item.id, payload=payload, by=attempt.user, at=now()
        )
    attempt.refresh_from_db()
    return attempt


def _until(run: Attempt, kind: AnswerKind) -> Attempt:
    """Play well until a moment wants an answer of this kind."""
    while True:
        _scenario, card, state = read_run(run)
        if card.moments[state.moment].answer is kind:
            return run
        run = play(run, [best(open_choices(card, state)).id])


def _meet(house: House) -> dict[str, FeedbackSession]:
    """Leave one session planned, one held with all that can be written, and one asked for."""
    dana, priya = house.dana, house.priya
    held = planned(dana, priya, starts_at=now() + timedelta(days=1), at=now())
    add_topic(held, words="Calls that go in circles", by=priya, at=now())
    save_shared_note(held.pk, "Your ear for worry.", version=0, by=dana, at=now())
    save_private_note(held.pk, "Ask about the new shift.", by=dana, at=now())
    save_reflection(held.pk, "It was a long week.", by=priya, at=now())
    today = local_date(now(), dana.time_zone)
    heard = {"EM1": Heard(4, "That would wear me out too."), "EM2": Heard(None)}
    record_observation(held.pk, Skill.EMPATHY, heard, heard_on=today, by=dana, at=now())
    agree_action(held.pk, owner=priya, words="A time", due_on=today, by=dana, at=now())
    close_session(held.pk, took_place=True, by=dana, at=now())
    coming = planned(dana, priya, starts_at=now() + timedelta(days=2), at=now())
    asked = ask_for_session(lead=dana, topic="Night shifts", by=house.jomar, at=now())
    return {"planned": coming, "held": held, "asked": asked}


def _see_differently(house: House) -> dict[str, OtherView]:
    """Leave one view answered and one waiting."""
    rate_oneself(Skill.LISTENING, 4, by=house.priya, at=now())
    answered = see_differently(Skill.LISTENING, "It was a bad line.", by=house.priya, at=now())
    answer_view(answered, "I listened again: it was.", by=house.dana, at=now())
    evidence = house.priya.skill_evidence.filter(skill=Skill.LISTENING).first()
    waiting = see_differently(
        Skill.LISTENING, "She had read it.", evidence=evidence, by=house.priya, at=now()
    )
    return {"answered": answered, "waiting": waiting}


def _calibrate(house: House, lone_lead: User) -> dict[str, CalibrationRound]:
    """Leave one round that Dana has to rate, one she waits in, and one with all ratings shown."""
    dana = house.dana
    to_rate, waiting, shown = (a_round(dana, lone_lead, at=now()) for _ in range(3))
    for found in (waiting, shown):
        rated(found, dana, at=now(), AL1=2, AL2=4, AL3=None, AL4=5)
    rated(to_rate, lone_lead, at=now(), AL1=4)
    rated(shown, lone_lead, at=now(), AL1=4, AL2=4, AL3=3, AL4=5)
    show_ratings(shown.pk, by=dana, at=now())
    agree_on(shown.pk, {"AL1": Agreed(3, "Again.")}, by=dana, at=now())
    return {"to_rate": to_rate, "waiting": waiting, "shown": shown}


def _panels_on(quiz: Activity, house: House) -> dict[str, KeyPanel]:
    """Leave a panel open to Dana, and one closed in which ten people rated."""
    revision = quiz.live_revision
    first, second, *_ = (one.item for one in judged_items(quiz))
    people = [house.dana, *(PersonFactory(lead=True) for _ in range(9))]
    closed = open_panel(revision, second.id, raters=people, by=house.alex, at=now())
    for person in people:
        ratings = {one: 1 + 2 * place for place, one in enumerate(second.option_ids()[:3])}
        rest = dict.fromkeys(second.option_ids()[3:], 2)
        rate_options(closed.pk, ratings | rest, by=person, at=now())
    close_panel(closed.pk, by=house.alex, at=now())
    opened = open_panel(revision, first.id, raters=[house.dana], by=house.alex, at=now())
    return {"open": opened, "closed": closed}


def _other_module(house: House) -> Module:
    """Return the module of the curriculum beside the one of the house."""
    others = Module.objects.exclude(pk=house.module.pk)
    return others.filter(activities__kind="scenario").order_by("pk")[0]


def _hand_in(house: House) -> dict[str, AnswerMark]:
    """Leave one long text marked and one waiting."""
    given = handed_in(house.jomar, at=now())
    words = "Facts and a day.\n\nNext time, say who Lena is."
    mark_answer(given, levels={"facts": 2, "next": 1}, comment=words, by=house.dana, at=now())
    correct_mark(
        given,
        levels={"facts": 2, "next": 0},
        comment=words,
        reason="I had read a day into it.",
        by=house.dana,
        at=now(),
    )
    return {"given": given, "waiting": handed_in(house.jomar, at=now())}


def _late_and_over(house: House) -> None:
    today = local_date(now(), house.jomar.time_zone)
    late = {"due_on": today - timedelta(days=2), "due_at": now() - timedelta(days=2)}
    EnrolmentFactory(user=house.jomar, module=house.module, **late)
    finished = EnrolmentFactory(user=house.jomar, finished=True)
    CompletionFactory(user=house.jomar, module=finished.module)
    EnrolmentFactory(user=house.priya, withdrawn=True)


def _send_mails(house: House, mail_server: MailServer) -> dict[str, OutgoingEmail]:
    """Leave one mail sent, one that nobody takes, and one that waits."""
    deliver_due_emails(clock=now)
    sent = OutgoingEmail.objects.get(recipient=house.priya, kind="learning_assigned")
    secret = OutgoingEmail.objects.get(recipient=None)
    mail_server.answer_to_recipient = "550 No such person"
    _invite(house.alex, house.night, email="typo@example.org")
    deliver_due_emails(clock=now)
    mail_server.answer_to_recipient = ""
    dead = OutgoingEmail.objects.get(to_address="typo@example.org")
    _invite(house.alex, house.night, email="next@example.org")
    waiting = OutgoingEmail.objects.get(to_address="next@example.org")
    return {"sent": sent, "secret": secret, "dead": dead, "waiting": waiting}


def _invite(by: User, team: Team, email: str = "riley@example.org") -> tuple[Invitation, str]:
    paths: list[str] = []

    def take(token: str, **_: Any) -> None:
        paths.append(reverse("people:accept-invitation", args=[token]))

    invitation_made.connect(take)
    invitation = invite_person(
        email=email, name="Riley Santos", roles=[Role.AGENT], team=team, by=by, at=now()
    )
    invitation_made.disconnect(take)
    return invitation, paths[0]
