"""The demo cast: an invented support center, its people and how they sign in."""

from collections.abc import Mapping
from dataclasses import dataclass

from courses.content.skills import Skill
from portal.people.permissions import Role

PASSWORD = "a calm first word"  # noqa: S105  (the demo's own, printed by `start`)
DOMAIN = "demo.attune.example"

SITE = "Lakeshore Support"
PROGRAMME = "Patient Access"
BLUE, NIGHT = "Scheduling Blue", "Night Intake"


@dataclass(frozen=True)
class Part:
    """One person of the cast; `team` is empty for people who belong to no team."""

    name: str
    pronouns: str
    zone: str
    team: str = ""
    leads: bool = False
    roles: tuple[Role, ...] = (Role.AGENT,)

    @property
    def email(self) -> str:
        """The sign-in, made from the first name."""
        first = self.name.split()[0].lower().replace("á", "a")
        return f"{first}@{DOMAIN}"


CAST = (
    Part("Priya Raman", "she/her", "America/New_York", BLUE),
    Part("Jomar Santos", "he/him", "America/New_York", BLUE),
    Part("Aisha Khan", "she/her", "America/Chicago", BLUE),
    Part("Marcus Bell", "he/him", "America/Chicago", BLUE),
    Part("Lena Ortiz", "she/her", "America/Denver", BLUE),
    Part("Chidi Eze", "he/him", "America/New_York", BLUE),
    Part("Grace Liu", "she/her", "America/Los_Angeles", BLUE),
    Part("Tomás Rivera", "he/him", "America/Phoenix", BLUE),
    Part("Noor Haddad", "they/them", "America/New_York", BLUE),
    Part("Dana Whitfield", "she/her", "America/New_York", BLUE, True, (Role.LEAD,)),
    Part("Imani Brooks", "she/her", "America/Los_Angeles", NIGHT),
    Part("Oren Katz", "he/him", "Asia/Manila", NIGHT),
    Part("Rosa Delgado", "she/her", "America/Anchorage", NIGHT),
    Part("Samuel Okafor", "he/him", "Europe/London", NIGHT, True, (Role.LEAD,)),
    Part("Mei Tanaka", "she/her", "America/Los_Angeles", roles=(Role.AUTHOR,)),
    Part("Alex Morgan", "they/them", "America/New_York", roles=(Role.ADMIN,)),
)

# Who assigned what to Scheduling Blue, and who has begun it (and finished the lesson).
LEAD = f"dana@{DOMAIN}"
NOTE = (
    "Three of us had callers tell the same story twice last week. "
    "This one is short, and the practice call is worth it."
)
COACHED = f"priya@{DOMAIN}"
PLACE = "Room 4"
TOPIC = "How do I end a call that’s going in circles?"
BEGUN = (
    (f"priya@{DOMAIN}", True),
    (f"grace@{DOMAIN}", True),
    (f"jomar@{DOMAIN}", False),
)


@dataclass(frozen=True)
class Past:
    """What somebody has shown so far: the share of points they tend to earn, skill by skill.

    They played and took the quiz of as many modules; more evidence makes a narrower range.
    """

    who: str
    shares: Mapping[Skill, float]
    modules: int = 6

    @property
    def email(self) -> str:
        """Their sign-in."""
        return f"{self.who}@{DOMAIN}"


def _past(who: str, *shares: float, modules: int = 6) -> Past:
    return Past(who, dict(zip(Skill, shares, strict=True)), modules)


# Listening, communication, empathy, problem-solving, emotional intelligence.
PAST = (
    _past("priya", 0.9, 0.8, 0.95, 0.5, 0.35),
    _past("jomar", 0.4, 0.75, 0.7, 0.8, 0.6, modules=4),
    _past("aisha", 0.95, 0.95, 0.9, 0.95, 0.95),
    _past("marcus", 0.25, 0.45, 0.2, 0.85, 0.15),
    _past("lena", 0.8, 0.35, 0.85, 0.55, 0.7),
    _past("chidi", 0.6, 0.65, 0.55, 0.2, 0.4),
    _past("grace", 0.9, 0.7, 0.8, 0.9, 0.85, modules=4),
    _past("tomas", 0.5, 0.9, 0.4, 0.6, 0.9, modules=2),
    _past("imani", 0.95, 0.85, 0.95, 0.7, 0.9),
    _past("oren", 0.3, 0.5, 0.35, 0.75, 0.2),
    _past("rosa", 0.7, 0.6, 0.75, 0.65, 0.6, modules=2),
)


@dataclass(frozen=True)
class Rated:
    """What the lead heard on a call and spoke about so many days ago: ratings with their quotes."""

    who: str
    days_ago: int
    skill: Skill
    ratings: Mapping[str, tuple[int, str]]

    @property
    def email(self) -> str:
        """The sign-in of whom was heard."""
        return f"{self.who}@{DOMAIN}"


RATED = (
    Rated(
        "priya",
        26,
        Skill.EMPATHY,
        {
            "EM1": (4, "Nine days of calling, and nobody rang back. That would wear me out too."),
            "EM2": (5, "Take the time you need. I’m here."),
        },
    ),
    Rated(
        "marcus",
        19,
        Skill.LISTENING,
        {
            "AL1": (2, "Okay, and your account number?"),
            "AL3": (3, "What does the letter say at the top?"),
        },
    ),
    Rated(
        "lena",
        12,
        Skill.COMMUNICATION,
        {
            "EC1": (2, "It’s pending auth on the payer side, so it adjudicates after that."),
            "EC3": (2, "Does that all make sense?"),
        },
    ),
)

# What `start` prints: whom to be, and their sign-in.
SIGN_INS = (
    ("Agent", "Priya Raman", f"priya@{DOMAIN}"),
    ("Team lead", "Dana Whitfield", f"dana@{DOMAIN}"),
    ("Author", "Mei Tanaka", f"mei@{DOMAIN}"),
    ("Admin", "Alex Morgan", f"alex@{DOMAIN}"),
)
