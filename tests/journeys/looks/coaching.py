"""Pages of feedback sessions."""

from django.urls import reverse

from tests.journeys.everything import Everything
from tests.journeys.looks.how import (
    Look,
    Path,
    at,
    everybody,
    heard_page,
    make_an_address,
    open_the_notes,
    press,
    rate_without_a_quote,
    session_page,
    without_words,
)


def _round(which: str) -> Path:
    return at("coaching:calibration", round_id=lambda there: there.rounds[which].pk)


_replayed = at(
    "coaching:replay",
    session=lambda there: there.sessions["planned"].pk,
    line=lambda there: there.sessions["planned"].agenda.get(key=f"run:{there.finished_call.pk}").pk,
)


_asked_for = at("coaching:review-notes", pk=lambda there: there.notes_request.pk)


def _finished_duty(there: Everything) -> str:
    duty = there.house.jomar.enrolments.filter(completed_at__isnull=False).earliest("pk")
    return reverse("coaching:words", args=[duty.pk])


COACHING: dict[str, list[Look]] = {
    "coaching:sessions": everybody(at("coaching:sessions"), "priya", "dana", "nia"),
    "coaching:needs": everybody(at("coaching:needs"), "dana", "lone_lead"),
    "coaching:nudge": [
        Look("dana", at("coaching:nudge", person=lambda there: there.house.jomar.pk)),
    ],
    "coaching:words": [
        Look("dana", _finished_duty),
        Look("dana", _finished_duty, without_words),
    ],
    "coaching:overview": [
        Look("alex", at("coaching:overview")),
        Look(
            "alex",
            lambda there: f"{reverse('coaching:overview')}?lead={there.house.dana.pk}",
        ),
    ],
    "coaching:calibrations": everybody(at("coaching:calibrations"), "dana", "alex"),
    "coaching:open-calibration": [
        Look("dana", at("coaching:open-calibration")),
        Look("dana", at("coaching:open-calibration"), press("Open and invite")),
    ],
    "coaching:calibration": [
        *[Look("dana", _round(which)) for which in ("to_rate", "waiting", "shown")],
        Look("lone_lead", _round("shown")),
    ],
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
        *[Look(who, session_page("coaching:session", "planned")) for who in ("priya", "dana")],
        *[Look(who, session_page("coaching:session", "held")) for who in ("priya", "dana")],
        *[Look(who, session_page("coaching:session", "asked")) for who in ("jomar", "dana")],
    ],
    "coaching:prepare": [
        Look(who, session_page("coaching:prepare", "planned")) for who in ("priya", "dana")
    ],
    "coaching:guide": [Look("dana", at("coaching:guide", skill=lambda there: "empathy"))],
    "coaching:replay": [Look(who, _replayed) for who in ("priya", "dana")],
    "coaching:heard": everybody(
        at(
            "coaching:heard",
            observation=lambda there: there.sessions["held"].observations.earliest("pk").pk,
        ),
        *("priya", "dana", "alex"),
    ),
    "coaching:observe": [
        Look("dana", heard_page("planned")),
        Look("dana", heard_page("planned"), rate_without_a_quote),
    ],
    "coaching:reply": [
        Look("visitor", Everything.reply_path),
        Look("visitor", Everything.reply_path, press("Suggest another time")),
        Look("visitor", lambda there: "/feedback/reply/nonsense/", status=404),
    ],
    "coaching:my-feed": [
        Look("priya", at("coaching:my-feed")),
        Look("nia", at("coaching:my-feed"), make_an_address),
    ],
    "coaching:hand-over": [Look("dana", session_page("coaching:hand-over", "planned"))],
    "coaching:mentoring": everybody(at("coaching:mentoring"), "priya", "dana", "nia"),
    "coaching:mentoring-pair": [
        Look(who, at("coaching:mentoring-pair", pk=lambda there: there.mentoring.pk))
        for who in ("priya", "jomar")
    ],
    "coaching:my-notes": everybody(at("coaching:my-notes"), "priya", "jomar"),
    "coaching:notes-requests": [Look("alex", at("coaching:notes-requests"))],
    "coaching:review-notes": [
        Look("alex", _asked_for),
        Look("alex", _asked_for, open_the_notes),
    ],
    "coaching:move": [Look("dana", session_page("coaching:move", "planned"))],
    "coaching:cancel": [Look("priya", session_page("coaching:cancel", "planned"))],
}
