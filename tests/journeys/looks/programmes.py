"""Pages of programmes."""

from tests.journeys.looks.how import Look, at, everybody, press

_GIVEN = at("programmes:programme", given=lambda there: there.programme.pk)
_GIVE = at("programmes:give", slug=lambda there: there.programme.programme.slug)

PROGRAMMES: dict[str, list[Look]] = {
    "programmes:my-programmes": [
        *everybody(at("programmes:my-programmes"), "priya", "nia", "dana"),
    ],
    "programmes:programme": everybody(_GIVEN, "priya", "dana"),
    "programmes:team-programmes": everybody(at("programmes:team-programmes"), "dana", "lone_lead"),
    "programmes:give": [
        Look("dana", _GIVE),
        Look("dana", _GIVE, press("Give this programme")),
    ],
    "programmes:withdraw": [
        Look("dana", at("programmes:withdraw", given=lambda there: there.programme.pk))
    ],
}
