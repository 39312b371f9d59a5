"""What fills the parameters of each address.

To add an address with parameters, put its name into `TARGETS` with a function that takes the world
and returns a `Target`:

- `own`: values for a thing that belongs to the agent (and so to the team of the lead) of the world.
- `foreign`: values for the same kind of thing in the other team. Whoever may not see it must get
  the very answer of `missing`. Where no such thing can exist, say why in `nobody_elses` instead.
- `missing`: values for a thing that does not exist.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.contrib.contenttypes.models import ContentType

from portal.coaching.feed_links import feed_link
from portal.coaching.reply_links import reply_token
from portal.notifications.links import unsubscribe_link
from portal.people.models import User
from tests.security.belongings import Belongings
from tests.security.objects import World

Values = Mapping[str, object]
NOBODY = 10**9
NO_UUID = UUID(int=0)
_OPEN_TO_ALL = "whoever gets in here may see all of them"
_BY_LINK = "whoever has the link from the mail may use it"


@dataclass(frozen=True)
class Target:
    """What fills the parameters of one address."""

    own: Values
    missing: Values
    foreign: Values | None = None
    nobody_elses: str = ""


Fill = Callable[[World], Target]


def belonging(
    parameter: str, of: Callable[[Belongings], object], missing: object = NOBODY, **others: object
) -> Fill:
    """Fill the id of something that belongs to one person."""
    return lambda world: Target(
        own={parameter: of(world.own), **others},
        foreign={parameter: of(world.foreign), **others},
        missing={parameter: missing, **others},
    )


def shared(parameter: str, of: Callable[[World], object], **others: object) -> Fill:
    """Fill the id of something that whoever gets in may see, whosever it is."""
    return lambda world: Target(
        own={parameter: of(world), **others},
        missing={parameter: NOBODY, **others},
        nobody_elses=_OPEN_TO_ALL,
    )


def link(parameter: str, secret: Callable[[World], str]) -> Fill:
    """Fill the secret of a link from a mail, which is the permission itself."""
    return lambda world: Target(
        own={parameter: secret(world)}, missing={parameter: "nonsense"}, nobody_elses=_BY_LINK
    )


def fixed(**values: str) -> Fill:
    """Fill the same words for everybody."""
    return lambda world: Target(own=values, missing=values, nobody_elses=_OPEN_TO_ALL)


def fixed_or(parameter: str, own: str, missing: str) -> Fill:
    """Fill one of a few words that are the same for everybody, or one that is none of them."""
    return lambda world: Target(
        own={parameter: own}, missing={parameter: missing}, nobody_elses=_OPEN_TO_ALL
    )


def _reset_link(world: World) -> Target:
    person = world.foreign.person
    key = default_token_generator.make_token(person)
    return Target(
        own={"uidb36": user_pk_to_url_str(person), "key": key},
        missing={"uidb36": "zzzzzz", "key": "nonsense"},
        nobody_elses=_BY_LINK,
    )


def _page_on_site(world: World) -> Target:
    kind = ContentType.objects.get_for_model(User)
    values = {"content_type_id": kind.pk, "object_id": world.own.person.pk}
    return Target(own=values, missing=values, nobody_elses="nothing has a page of this kind")


def _module(world: World) -> Target:
    module = world.lesson.module
    return Target(
        own={"course": module.course.slug, "module": module.slug},
        missing={"course": module.course.slug, "module": "nothing"},
        nobody_elses=_OPEN_TO_ALL,
    )


def _lesson(world: World) -> Target:
    module = _module(world)
    return Target(
        own={**module.own, "activity": world.lesson.slug},
        missing={**module.own, "activity": "nothing"},
        nobody_elses=_OPEN_TO_ALL,
    )


def _media(world: World) -> Target:
    return Target(
        own={"sha256": world.media.sha256, "name": world.media.name},
        missing={"sha256": "b" * 64, "name": world.media.name},
        nobody_elses=_OPEN_TO_ALL,
    )


def _attempt(of: Callable[[Belongings], object], **others: object) -> Fill:
    return belonging("attempt", of, NO_UUID, **others)


PEOPLE: dict[str, Fill] = {
    **{
        f"people:{name}": shared("person_id", lambda world: world.own.person.pk)
        for name in ("person", "deactivate", "reactivate", "forget-second-step")
    },
    **{
        f"people:{name}-invitation": shared("invitation_id", lambda world: world.invitation.pk)
        for name in ("renew", "withdraw")
    },
    "people:accept-invitation": link("token", lambda world: world.token),
    "account_confirm_email": link(
        "key", lambda world: EmailConfirmationHMAC(world.unconfirmed).key
    ),
    "account_reset_password_from_key": _reset_link,
    "mfa_remove_webauthn": belonging("pk", lambda whose: whose.passkey.pk),
    "mfa_edit_webauthn": belonging("pk", lambda whose: whose.passkey.pk),
}

MAIL: dict[str, Fill] = {
    "notifications:unsubscribe": link(
        "token",
        lambda world: unsubscribe_link(world.own.person.pk, "learning_reminder").split("/")[-2],
    ),
    **{
        f"notifications:{name}": belonging("email_id", lambda whose: whose.mail.pk, NO_UUID)
        for name in ("mail", "mail-body", "send-again")
    },
}

COURSES: dict[str, Fill] = {
    "courses:module": _module,
    "courses:read-lesson": _lesson,
    "courses:job-aid": _module,
    "courses:lead-guide": _module,
    "courses:panels": shared("activity", lambda world: world.panel.revision.activity_id),
    "courses:open-panel": lambda world: Target(
        own={"activity": world.panel.revision.activity_id, "item": "rate-each"},
        missing={"activity": NOBODY, "item": "rate-each"},
        nobody_elses=_OPEN_TO_ALL,
    ),
    **{
        f"courses:{name}": lambda world: Target(
            own={"panel": world.panel.pk},
            missing={"panel": UUID(int=0)},
            nobody_elses=_OPEN_TO_ALL,
        )
        for name in ("panel", "close-panel", "use-panel")
    },
    "courses:mark-place": shared("activity", lambda world: world.lesson.pk),
    "courses:finish-lesson": shared("activity", lambda world: world.lesson.pk),
    "courses:answer-block": shared("activity", lambda world: world.lesson.pk, block="mine"),
    "courses:export": lambda world: Target(
        own={"course": world.lesson.module.course.slug},
        missing={"course": "nothing"},
        nobody_elses=_OPEN_TO_ALL,
    ),
    "courses:edit-skill": fixed_or("skill", "empathy", "typing"),
    **{
        f"courses:{name}": shared("course", lambda world: world.lesson.module.course_id)
        for name in ("outline", "edit-course", "new-module")
    },
    **{
        f"courses:{name}": shared("module", lambda world: world.lesson.module_id)
        for name in ("edit-module", "new-activity")
    },
    **{
        f"courses:{name}-part": shared("pk", lambda world: world.lesson.module_id, what="module")
        for name in ("move", "archive", "restore")
    },
    "courses:content-revisions": shared("activity", lambda world: world.lesson.pk),
    "courses:content-revision": shared("activity", lambda world: world.lesson.pk, number=1),
    **{
        f"courses:{name}": shared("activity", lambda world: world.lesson.pk)
        for name in (
            *("draft", "discard-draft", "publish", "preview-lesson"),
            *("edit-content", "edit-settings"),
        )
    },
    "courses:add-piece": shared("activity", lambda world: world.lesson.pk, what="rich_text"),
    **{
        f"courses:{name}-piece": shared("activity", lambda world: world.lesson.pk, piece="mine")
        for name in ("edit", "arrange")
    },
    "courses:bring-back-draft": shared("activity", lambda world: world.edited.pk, number=0),
    "courses:restore-revision": shared("activity", lambda world: world.lesson.pk, number=1),
    "courses:compare-revisions": shared(
        "activity", lambda world: world.lesson.pk, older=1, newer=1
    ),
    "courses:person": belonging("person", lambda whose: whose.person.pk),
    "people:tags": belonging("person_id", lambda whose: whose.person.pk),
    "courses:pass-on-rule": belonging("assignment", lambda whose: whose.enrolment.assignment_id),
    "courses:remove-view": belonging("view", lambda whose: whose.view.pk),
    "courses:stop-rule": belonging("assignment", lambda whose: whose.enrolment.assignment_id),
    "courses:change-duty": belonging("enrolment", lambda whose: whose.enrolment.pk),
    "courses:assignment": belonging("assignment", lambda whose: whose.enrolment.assignment_id),
    "courses:undo-assignment": belonging("assignment", lambda whose: whose.enrolment.assignment_id),
    "courses:media": _media,
}

ASSESSMENTS: dict[str, Fill] = {
    "assessments:my-skill": lambda world: Target(
        own={"skill": "listening"},
        missing={"skill": "typing"},
        nobody_elses="everybody sees their own",
    ),
    **{
        f"assessments:{name}": lambda world: Target(
            own={"skill": "listening"},
            missing={"skill": "typing"},
            nobody_elses="everybody speaks of their own",
        )
        for name in ("rate-myself", "see-differently")
    },
    **{
        f"assessments:{name}": belonging("card", lambda whose: whose.card.pk)
        for name in (
            *("refresh-card", "answer-card", "turn-card", "grade-card"),
            *("retire-card", "bring-card-back"),
        )
    },
    "assessments:mark-answer": belonging("mark", lambda whose: whose.mark.pk),
    "assessments:correct-mark": belonging("mark", lambda whose: whose.given_mark.pk),
    "assessments:answer-view": belonging("view", lambda whose: whose.other_view.pk),
    "assessments:evidence": belonging("evidence", lambda whose: whose.evidence.pk),
    "assessments:person-skills": belonging("person", lambda whose: whose.person.pk),
    "assessments:person-skill": belonging(
        "person", lambda whose: whose.person.pk, skill="listening"
    ),
    "assessments:preview-quiz": shared("activity", lambda world: world.quiz.pk),
    "assessments:preview-question": shared("activity", lambda world: world.quiz.pk, number=1),
    "assessments:preview-scenario": shared("activity", lambda world: world.scenario.pk),
    "assessments:regrade": lambda world: Target(
        own={"activity": world.quiz.pk, "number": world.wrong_key.number},
        missing={"activity": NOBODY, "number": 1},
        nobody_elses=_OPEN_TO_ALL,
    ),
    "assessments:quiz-statistics": shared("activity", lambda world: world.quiz.pk),
    "assessments:question": shared(
        "question", lambda world: world.quiz.bank_questions.earliest("position").pk
    ),
    "assessments:extra-time": belonging("person", lambda whose: whose.person.pk),
    "assessments:brief": shared("activity", lambda world: world.quiz.pk),
    "assessments:start": shared("activity", lambda world: world.quiz.pk),
    "assessments:compare": shared("activity", lambda world: world.scenario.pk),
    "assessments:play-scenario": _attempt(lambda whose: whose.call.pk),
    "assessments:answer-scenario": _attempt(lambda whose: whose.call.pk),
    "assessments:hint": _attempt(lambda whose: whose.call.pk),
    "assessments:no-limit": _attempt(lambda whose: whose.call.pk),
    "assessments:debrief": _attempt(lambda whose: whose.past_call.pk),
    "assessments:rewind": _attempt(lambda whose: whose.past_call.pk, kept=0),
    "assessments:take-up": _attempt(lambda whose: whose.call.pk),
    "assessments:share": _attempt(lambda whose: whose.past_call.pk),
    "assessments:take-back": _attempt(lambda whose: whose.past_call.pk),
    "assessments:reflect": _attempt(lambda whose: whose.past_call.pk),
    "assessments:comment": _attempt(lambda whose: whose.past_call.pk, number=1),
    "assessments:edit-comment": belonging("comment", lambda whose: whose.comment.pk),
    "assessments:delete-comment": belonging("comment", lambda whose: whose.comment.pk),
    "assessments:report-coach": _attempt(lambda whose: whose.past_call.pk, seq=1),
    "assessments:mark-own-reply": _attempt(lambda whose: whose.past_call.pk, seq=1),
    "assessments:settle-coach-report": shared("report", lambda world: world.coach_report.pk),
    "assessments:runs": belonging("person", lambda whose: whose.person.pk),
    "assessments:take-quiz": _attempt(lambda whose: whose.quiz.pk),
    "assessments:take-question": _attempt(lambda whose: whose.quiz.pk, number=1),
    "assessments:answer-quiz": _attempt(lambda whose: whose.quiz.pk, number=1),
    "assessments:finish-quiz": _attempt(lambda whose: whose.quiz.pk),
    "assessments:quiz-results": _attempt(lambda whose: whose.past_quiz.pk),
}

COACHING: dict[str, Fill] = {
    **{
        f"coaching:{name}": belonging("round_id", lambda whose: whose.round.pk, NO_UUID)
        for name in (
            "calibration",
            "rate-calibration",
            "show-calibration",
            "agree-calibration",
        )
    },
    **{
        f"coaching:{name}": belonging("session", lambda whose: whose.session.pk, NO_UUID)
        for name in (
            *("session", "live", "move", "cancel", "answer", "begin", "close", "agenda"),
            *("actions", "acknowledge", "stop-repeating", "prepare", "hand-over"),
        )
    },
    "coaching:words": belonging("enrolment", lambda whose: whose.finished.pk),
    "coaching:nudge": belonging("person", lambda whose: whose.person.pk),
    "coaching:reply": link(
        "token", lambda world: reply_token(world.own.session, world.own.session.agent)
    ),
    "coaching:feed": link("token", lambda world: feed_link(world.own.feed).split("/")[-2]),
    "coaching:mentoring-pair": belonging("pk", lambda whose: whose.mentoring.pk),
    "coaching:review-notes": shared("pk", lambda world: world.own.notes_request.pk),
    "coaching:release-notes": shared("pk", lambda world: world.own.notes_request.pk),
    "coaching:guide": lambda world: Target(
        own={"skill": "empathy"}, missing={"skill": "courage"}, nobody_elses=_OPEN_TO_ALL
    ),
    "coaching:replay": lambda world: Target(
        own={"session": world.own.session.pk, "line": world.own.run_line.pk},
        foreign={"session": world.foreign.session.pk, "line": world.foreign.run_line.pk},
        missing={"session": NO_UUID, "line": NOBODY},
    ),
    "coaching:notes": belonging("session", lambda whose: whose.session.pk, NO_UUID, which="shared"),
    "coaching:heard": belonging("observation", lambda whose: whose.heard.pk),
    "coaching:observe": belonging(
        "session", lambda whose: whose.session.pk, NO_UUID, skill="empathy"
    ),
    "coaching:settle": lambda world: Target(
        own={"session": world.own.session.pk, "action": world.own.action.pk},
        foreign={"session": world.foreign.session.pk, "action": world.foreign.action.pk},
        missing={"session": NO_UUID, "action": NOBODY},
    ),
}

PROGRAMMES: dict[str, Fill] = {
    "programmes:programme": belonging("given", lambda whose: whose.programme.pk),
    "programmes:tick": belonging("given", lambda whose: whose.programme.pk, step="cards"),
    "programmes:answer": belonging("given", lambda whose: whose.programme.pk),
    "programmes:withdraw": belonging("given", lambda whose: whose.programme.pk),
    "programmes:rewrite": belonging("slug", lambda whose: whose.written.slug, "nothing"),
    "programmes:archive": belonging("slug", lambda whose: whose.written.slug, "nothing"),
    "programmes:give": lambda world: Target(
        own={"slug": world.own.programme.programme.slug},
        missing={"slug": "nothing"},
        nobody_elses=_OPEN_TO_ALL,
    ),
}

# The operators' admin: the same addresses for each of its models
_ADMIN_OBJECTS: dict[str, Callable[[World], object]] = {
    "account_emailaddress": lambda world: world.unconfirmed.pk,
    "audit_auditevent": lambda world: world.event.pk,
    "mfa_authenticator": lambda world: world.own.passkey.pk,
    "people_invitation": lambda world: world.invitation.pk,
    "people_membership": lambda world: world.membership.pk,
    "people_team": lambda world: world.team.pk,
    "people_user": lambda world: world.own.person.pk,
}
OPERATORS: dict[str, Fill] = {
    **{
        f"admin:{model}_{page}": shared("object_id", of)
        for model, of in _ADMIN_OBJECTS.items()
        for page in ("change", "delete", "history")
    },
    **{
        f"operators/{model.replace('_', '/')}/<path:object_id>/": shared("object_id", of)
        for model, of in _ADMIN_OBJECTS.items()
    },
    "admin:app_list": fixed(app_label="people"),
    "admin:view_on_site": _page_on_site,
    "operators/(?P<url>.*)$": fixed(url="nowhere"),
}

TARGETS: dict[str, Fill] = {
    **PEOPLE,
    **MAIL,
    **COURSES,
    **ASSESSMENTS,
    **COACHING,
    **PROGRAMMES,
    **OPERATORS,
}
