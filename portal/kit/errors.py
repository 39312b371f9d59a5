"""Refusals that carry a sentence the user may read."""


class Refusal(Exception):
    """An action was refused and changed nothing; `str(error)` says why, to the user."""


class NotAllowed(Refusal):
    """The person may not do this."""
