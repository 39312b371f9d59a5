"""Every page, and as whom one looks at it.

To add a page, put its URL name into `LOOKS` with one `Look` for each of its states that looks
different. An address that shows no page of ours goes into `no_looks.py`, with what it answers.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.journeys.everything import Everything

Path = Callable[[Everything], str]
VIEWERS = ("visitor", "priya", "jomar", "nia", "dana", "lone_lead", "mei", "alex")


@dataclass(frozen=True)
class Look:
    """One look at a page: as whom, where, what to do there first, and what it answers."""

    who: str
    path: Path
    first: Callable[[Page], None] | None = None
    status: int = 200


def at(name: str, **values: Callable[[Everything], object]) -> Path:
    """Return where a page is, its parameters taken from everything there is."""
    return lambda there: reverse(name, kwargs={key: of(there) for key, of in values.items()})


def asking(path: Path, query: str) -> Path:
    """Add a query to an address."""
    return lambda there: f"{path(there)}?{query}"


def everybody(path: Path, *viewers: str) -> list[Look]:
    """Let several people look at one page."""
    return [Look(who, path) for who in viewers]


def press(name: str) -> Callable[[Page], None]:
    """Press a button, and wait for what is wrong with the form."""

    def act(page: Page) -> None:
        page.locator("main").get_by_role("button", name=name, exact=True).click()
        expect(page.locator(".error-summary, [role=alert], .field-error").first).to_be_visible()

    return act


def wait_for_preview(page: Page) -> None:
    """Wait until the form has asked for what would happen."""
    expect(page.locator("#preview").get_by_role("button", name="Assign to")).to_be_visible()
    page.locator("#preview summary").click()


def with_a_typing_error(page: Page) -> None:
    """Save a draft that cannot be read."""
    page.get_by_label("Content", exact=True).fill("title: [")
    press("Save the draft")(page)


def rate_without_a_quote(page: Page) -> None:
    """Rate something and leave out the sentence that shows it."""
    page.locator("input[name=AL1][value='3']").check()
    press("Keep these ratings")(page)


def without_a_name(page: Page) -> None:
    """Save the profile without what it needs."""
    page.get_by_label("Name", exact=True).fill("")
    press("Save profile")(page)


def show_tabs(page: Page) -> None:
    """Open the hint and the last tab of the side panel."""
    page.locator("details.hint summary").click()
    page.get_by_role("tab", name="Knowledge").click()


def as_in_a_mail_program(page: Page) -> None:
    """Show a mail's own page without its sandbox, in which no script can look at it."""
    html = page.content()
    page.goto("about:blank")
    page.set_content(html)


def _module(name: str, **more: Callable[[Everything], object]) -> Path:
    return at(
        name,
        course=lambda there: there.house.module.course.slug,
        module=lambda there: there.house.module.slug,
        **more,
    )


def _activity(name: str, kind: str) -> Path:
    return at(name, activity=lambda there: there.house.step(kind).pk)


def _attempt(name: str, which: str) -> Path:
    return at(name, attempt=lambda there: getattr(there, which).pk)


def _question(which: str, number: int) -> Path:
    # The types of the first questions are spread over the quiz; a look for each of them.
    return at(
        "assessments:take-question",
        attempt=lambda there: getattr(there, which).pk,
        number=lambda there: there.questions[number],
    )


def _session(name: str, which: str) -> Path:
    return at(name, session=lambda there: there.sessions[which].pk)


def _heard(which: str) -> Path:
    return at(
        "coaching:observe",
        session=lambda there: there.sessions[which].pk,
        skill=lambda there: "listening",
    )


def _mail(name: str, which: str) -> Path:
    return at(name, email_id=lambda there: there.mails[which].pk)


def _person(name: str, who: str, parameter: str) -> Path:
    def of(there: Everything) -> object:
        return getattr(there if hasattr(there, who) else there.house, who).pk

    return at(name, **{parameter: of})


_LEARNING: dict[str, list[Look]] = {
    "courses:my-learning": everybody(at("courses:my-learning"), "priya", "jomar", "nia"),
    "courses:catalogue": everybody(at("courses:catalogue"), "priya", "nia"),
    "courses:module": everybody(_module("courses:module"), "priya", "nia"),
    "courses:read-lesson": everybody(
        _module("courses:read-lesson", activity=lambda there: there.house.step("lesson").slug),
        "jomar",
        "nia",
    ),
    "assessments:brief": [
        *everybody(_activity("assessments:brief", "scenario"), "priya", "nia"),
        *everybody(_activity("assessments:brief", "quiz"), "priya", "nia"),
    ],
    "assessments:play-scenario": [
        Look("priya", _attempt("assessments:play-scenario", "open_call"), show_tabs),
        Look("jomar", _attempt("assessments:play-scenario", "typed_call")),
        Look("jomar", _attempt("assessments:play-scenario", "typed_call"), press("Say it")),
        Look("dana", _attempt("assessments:play-scenario", "assessed_call")),
    ],
    "assessments:debrief": everybody(
        _attempt("assessments:debrief", "finished_call"), "priya", "dana"
    ),
    "assessments:rewind": [
        Look(
            "priya",
            at(
                "assessments:rewind",
                attempt=lambda there: there.finished_call.pk,
                kept=lambda there: 2,
            ),
        )
    ],
    "assessments:compare": [
        *everybody(_activity("assessments:compare", "scenario"), "priya", "nia"),
        Look(
            "priya",
            lambda there: (
                f"{_activity('assessments:compare', 'scenario')(there)}"
                f"?first={there.finished_call.pk}&second={there.second_call.pk}"
            ),
        ),
    ],
    "assessments:my-skills": everybody(at("assessments:my-skills"), "priya", "nia"),
    "assessments:my-skill": [
        Look(who, at("assessments:my-skill", skill=lambda there: "listening"))
        for who in ("priya", "nia")
    ],
    "assessments:edit-comment": [
        Look("priya", at("assessments:edit-comment", comment=lambda there: there.comment.pk))
    ],
    "assessments:delete-comment": [
        Look("priya", at("assessments:delete-comment", comment=lambda there: there.comment.pk))
    ],
    "assessments:runs": [
        *[Look("dana", _person("assessments:runs", who, "person")) for who in ("priya", "jomar")],
        Look("nia", _person("assessments:runs", "nia", "person")),
    ],
    "assessments:take-quiz": everybody(_attempt("assessments:take-quiz", "open_quiz"), "priya"),
    "assessments:take-question": [
        *[Look("priya", _question("open_quiz", number)) for number in range(8)],
        *[Look("jomar", _question("fresh_quiz", number)) for number in range(8)],
        Look("jomar", _question("fresh_quiz", 0), press("Check my answer")),
    ],
    "assessments:quiz-results": everybody(
        _attempt("assessments:quiz-results", "finished_quiz"), "priya", "dana"
    ),
}

_TEAM: dict[str, list[Look]] = {
    "courses:team": [
        *everybody(at("courses:team"), "dana", "lone_lead"),
        Look("dana", asking(at("courses:team"), "q=nobody")),
        Look("dana", at("courses:team"), lambda page: page.locator("[data-bulk-all]").check()),
    ],
    "assessments:team-skills": everybody(at("assessments:team-skills"), "dana", "lone_lead"),
    "assessments:person-skills": [
        Look("dana", _person("assessments:person-skills", "priya", "person"))
    ],
    "assessments:person-skill": [
        Look(
            "dana",
            at(
                "assessments:person-skill",
                person=lambda there: there.house.priya.pk,
                skill=lambda there: "listening",
            ),
        )
    ],
    "courses:person": [
        *[Look("dana", _person("courses:person", who, "person")) for who in ("priya", "jomar")],
        Look("alex", _person("courses:person", "nia", "person")),
    ],
    "courses:assignment": [
        Look("dana", at("courses:assignment", assignment=lambda there: there.assignment.pk)),
    ],
    "courses:withdraw": [
        Look("dana", at("courses:withdraw", enrolment=lambda there: there.enrolment.pk)),
    ],
    "courses:assign": [
        Look("dana", at("courses:assign")),
        Look("dana", at("courses:assign"), press("See who it reaches")),
        Look(
            "dana",
            lambda there: (
                f"{reverse('courses:assign')}?module={there.house.module.pk}"
                f"&person={there.house.dana.pk}&team={there.house.blue.pk}"
            ),
            wait_for_preview,
        ),
        Look("lone_lead", at("courses:assign")),
    ],
}

_ADMIN: dict[str, list[Look]] = {
    "courses:content-list": everybody(at("courses:content-list"), "mei", "alex"),
    "courses:content-revisions": everybody(_activity("courses:content-revisions", "lesson"), "mei"),
    "courses:draft": [
        *everybody(_activity("courses:draft", "quiz"), "mei"),
        *everybody(_activity("courses:draft", "scenario"), "mei"),
        Look("mei", _activity("courses:draft", "lesson"), with_a_typing_error),
    ],
    "courses:publish": everybody(_activity("courses:publish", "quiz"), "mei"),
    "courses:compare-revisions": [
        Look(
            "mei",
            at(
                "courses:compare-revisions",
                activity=lambda there: there.house.step("lesson").pk,
                older=lambda there: 1,
                newer=lambda there: 2,
            ),
        )
    ],
    "courses:content-revision": [
        Look(
            "mei",
            at(
                "courses:content-revision",
                activity=lambda there, kind=kind: there.house.step(kind).pk,
                number=lambda there: 1,
            ),
        )
        for kind in ("lesson", "scenario", "quiz")
    ],
    "notifications:outbox": [
        Look("alex", at("notifications:outbox")),
        Look("alex", asking(at("notifications:outbox"), "state=dead")),
        Look("alex", asking(at("notifications:outbox"), "address=nobody")),
    ],
    "notifications:mail": [
        Look("alex", _mail("notifications:mail", which))
        for which in ("sent", "secret", "dead", "waiting")
    ],
    "notifications:mail-body": [
        Look("alex", _mail("notifications:mail-body", "sent"), as_in_a_mail_program)
    ],
    "notifications:send-again": [
        Look("alex", _mail("notifications:send-again", which)) for which in ("sent", "waiting")
    ],
    "people:people-list": [
        Look("alex", asking(at("people:people-list"), "state=all")),
        Look("alex", asking(at("people:people-list"), "q=nobody")),
    ],
    "people:person": [
        Look("alex", _person("people:person", who, "person_id")) for who in ("dana", "gone")
    ],
    "people:deactivate": [Look("alex", _person("people:deactivate", "priya", "person_id"))],
    "people:reactivate": [Look("alex", _person("people:reactivate", "gone", "person_id"))],
    "people:forget-second-step": [
        Look("alex", _person("people:forget-second-step", "dana", "person_id"))
    ],
    "people:invite": [
        Look("alex", at("people:invite")),
        Look("alex", at("people:invite"), press("Send invitation")),
    ],
    "people:invitations": everybody(at("people:invitations"), "alex"),
}

_COACHING: dict[str, list[Look]] = {
    "coaching:sessions": everybody(at("coaching:sessions"), "priya", "dana", "nia"),
    "coaching:ask": [
        *everybody(at("coaching:ask"), "priya", "nia"),
        Look("priya", at("coaching:ask"), press("Ask")),
    ],
    "coaching:plan": [
        *everybody(at("coaching:plan"), "dana", "lone_lead"),
        Look(
            "dana",
            lambda there: f"{reverse('coaching:plan')}?person={there.house.jomar.pk}",
            press("Plan and invite"),
        ),
    ],
    "coaching:session": [
        *[Look(who, _session("coaching:session", "planned")) for who in ("priya", "dana")],
        *[Look(who, _session("coaching:session", "held")) for who in ("priya", "dana")],
        *[Look(who, _session("coaching:session", "asked")) for who in ("jomar", "dana")],
    ],
    "coaching:observe": [
        Look("dana", _heard("planned")),
        Look("dana", _heard("planned"), rate_without_a_quote),
    ],
    "coaching:move": [Look("dana", _session("coaching:move", "planned"))],
    "coaching:cancel": [Look("priya", _session("coaching:cancel", "planned"))],
}

_ACCOUNT: dict[str, list[Look]] = {
    "account_login": [
        Look("visitor", at("account_login")),
        Look("visitor", at("account_login"), press("Sign in")),
    ],
    "account_logout": everybody(at("account_logout"), "nia"),
    "account_inactive": everybody(at("account_inactive"), "visitor"),
    "account_signup": everybody(at("account_signup"), "visitor"),
    "account_reauthenticate": everybody(at("account_reauthenticate"), "nia"),
    "account_email": everybody(at("account_email"), "nia"),
    "account_email_verification_sent": everybody(at("account_email_verification_sent"), "visitor"),
    "account_change_password": [
        Look("nia", at("account_change_password")),
        Look("nia", at("account_change_password"), press("Save my new password")),
    ],
    "account_reset_password": everybody(at("account_reset_password"), "visitor"),
    "account_reset_password_done": everybody(at("account_reset_password_done"), "visitor"),
    "account_reset_password_from_key": [
        Look("visitor", Everything.reset_path),
        Look("visitor", lambda there: "/accounts/password/reset/key/zzz-nonsense/"),
    ],
    "account_reset_password_from_key_done": everybody(
        at("account_reset_password_from_key_done"), "visitor"
    ),
    "account_confirm_email": [
        Look("visitor", Everything.confirmation_path),
        Look("visitor", lambda there: "/accounts/confirm-email/nonsense/"),
    ],
    "people:profile": [
        Look("nia", at("people:profile")),
        Look("nia", at("people:profile"), without_a_name),
    ],
    "people:accept-invitation": [
        Look("visitor", lambda there: there.invitation_path),
        Look("nia", lambda there: there.invitation_path),
        Look("visitor", lambda there: "/invitations/nonsense/", status=404),
    ],
    "notifications:preferences": everybody(at("notifications:preferences"), "nia"),
    "notifications:unsubscribe": [
        Look("visitor", Everything.unsubscribe_path),
        Look("visitor", lambda there: "/mail/unsubscribe/nonsense/", status=404),
    ],
}

LOOKS: dict[str, list[Look]] = {**_LEARNING, **_TEAM, **_ADMIN, **_COACHING, **_ACCOUNT}
