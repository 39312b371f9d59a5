"""Why an action about a session is refused."""

from portal.kit.errors import Refusal


class SessionClosed(Refusal):
    """The session is over or was called off, so nothing about it changes."""


class TimeTaken(Refusal):
    """One of the two has another session at that time."""
