"""Pages of feedback sessions."""

from django.urls import reverse

from tests.journeys.looks.how import (
    Look,
    at,
    everybody,
    heard_page,
    press,
    rate_without_a_quote,
    session_page,
)

COACHING: dict[str, list[Look]] = {
    "coaching:sessions": everybody(at("coaching:sessions"), "priya", "dana", "nia"),
    "coaching:overview": [
        Look("alex", at("coaching:overview")),
        Look(
            "alex",
            lambda there: f"{reverse('coaching:overview')}?lead={there.house.dana.pk}",
        ),
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
    "coaching:observe": [
        Look("dana", heard_page("planned")),
        Look("dana", heard_page("planned"), rate_without_a_quote),
    ],
    "coaching:move": [Look("dana", session_page("coaching:move", "planned"))],
    "coaching:cancel": [Look("priya", session_page("coaching:cancel", "planned"))],
}
