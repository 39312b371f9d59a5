"""The five soft skills that Attune teaches, in the order in which every screen shows them."""

from enum import StrEnum


class Skill(StrEnum):
    """One of the five skills; the value is also the `data-skill` that colours a page."""

    LISTENING = "listening"
    COMMUNICATION = "communication"
    EMPATHY = "empathy"
    PROBLEM = "problem"
    EQ = "eq"


BEHAVIOUR_PREFIXES = {
    "AL": Skill.LISTENING,
    "EC": Skill.COMMUNICATION,
    "EM": Skill.EMPATHY,
    "PS": Skill.PROBLEM,
    "EI": Skill.EQ,
}


def skill_of(behaviour: str) -> Skill:
    """Return the skill that a behaviour code such as `AL1` belongs to.

    Raises:
        ValueError: the code does not start with the prefix of a skill.
    """
    try:
        return BEHAVIOUR_PREFIXES[behaviour[:2]]
    except KeyError:
        raise ValueError(f"{behaviour!r} is not a behaviour of one of the five skills") from None
