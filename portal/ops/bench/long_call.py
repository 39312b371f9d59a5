"""A call of 60 moments for the bench: moods, flags, guards and two patients, like a real one."""

from typing import Any

from courses.content.scenario import Scenario, parse_scenario

MOMENTS = 60
_EVERY_FLAG = 12  # so many moments apart, a choice sets a flag that a later line asks about
_EFFECTS = (
    {"trust": 1, "distress": -1},
    {"understanding": 1},
    {"trust": -1},
    {"trust": -1, "distress": 1},
)
_EFFECTIVENESS = (5, 3.5, 2, 1)


def long_call() -> Scenario:
    """Return the call, parsed."""
    return parse_scenario(long_call_raw())


def long_call_raw(count: int = MOMENTS) -> dict[str, Any]:
    """Return the call as an author would write it; every moment leads on to the next."""
    return {
        "title": "A long call",
        "channel": "phone",
        "summary": "Somebody calls about many things.",
        "brief": "You take them one by one.",
        "behaviours": {"AL1": "Lets the story end", "PS1": "Closes with one owner"},
        "gates": {"G1": "Identity before details"},
        "start": {"trust": 3, "distress": 2, "understanding": 1},
        "moments": [_moment(number, count) for number in range(1, count + 1)],
        "endings": [
            _ending("good", "mixed", "Most of it is settled."),
            _ending("left", "bad", "Nothing is settled."),
        ],
        "cards": [
            {"id": "ana", "name": "Ana Ruiz", "age": 40},
            {
                "id": "ben",
                "name": "Ben Okoro",
                "age": 71,
                "start": {"trust": 2, "distress": 3},
                "moments": [{"moment": "m2", "says": "Speak up, please. It is long."}],
            },
        ],
    }


def _moment(number: int, count: int) -> dict[str, Any]:
    is_gate, is_last = number == _EVERY_FLAG // 2, number == count
    says = [
        {"when": {"trust": ">=3"}, "text": f"Thank you. Then there is the next thing, {number}."},
        {"when": {"trust": "<=2"}, "text": f"And this one, number {number}. Nobody told me."},
    ]
    if number % _EVERY_FLAG == 1 and number > 1:
        flag = _flag(number - 1)
        says.append({"when": {"flag": flag}, "text": "You said that you would look at it."})
        says.append({"when": {"not": {"flag": flag}}, "text": "Did you look at it?"})
    ways = [{"when": {"trust": ">=1"}, "to": "good"}, {"to": "left"}]
    return {
        "id": f"m{number}",
        "title": f"Thing {number}",
        "behaviour": "G1" if is_gate else ("AL1", "PS1")[number % 2],
        "says": says,
        "choices": [_choice(place, number, is_gate=is_gate) for place in range(4)],
        "expert": "Let me say back what I have so far, and you tell me what I missed.",
        "routes": ways if is_last else [{"to": f"m{number + 1}"}],
    }


def _choice(place: int, number: int, *, is_gate: bool) -> dict[str, Any]:
    # The best choice stands in another place at each moment.
    quality = (place + number) % 4
    raw: dict[str, Any] = {
        "id": "ABCD"[place],
        "text": f"This is one of the four things that an agent may say at this point, {place}.",
        "effects": _EFFECTS[quality],
        "effectiveness": _EFFECTIVENESS[quality],
        "felt": "Felt something.",
        "why": "There is a reason.",
    }
    if is_gate:
        raw["gate"] = {"G1": "met" if quality == 0 else "missed"}
    if number % _EVERY_FLAG == 0 and quality == 1:
        raw["sets"] = [_flag(number)]
    return raw


def _flag(number: int) -> str:
    return f"looked-{number}"


def _ending(ending: str, kind: str, for_patient: str) -> dict[str, Any]:
    return {
        "id": ending,
        "title": "The end",
        "kind": kind,
        "says": "That is all.",
        "for_patient": for_patient,
    }
