"""The demo cast: an invented support center, its people and how they sign in."""

from dataclasses import dataclass

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

# What `start` prints: whom to be, and their sign-in.
SIGN_INS = (
    ("Agent", "Priya Raman", f"priya@{DOMAIN}"),
    ("Team lead", "Dana Whitfield", f"dana@{DOMAIN}"),
    ("Author", "Mei Tanaka", f"mei@{DOMAIN}"),
    ("Admin", "Alex Morgan", f"alex@{DOMAIN}"),
)
