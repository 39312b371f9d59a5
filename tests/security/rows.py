"""How a row of the table of access is written."""

from collections.abc import Mapping

VIEWERS = ("visitor", "agent", "lead", "author", "admin", "operator", "deactivated")
Row = Mapping[str, str]
_SIGNED_IN = VIEWERS[1:-1]


def row(*, get: str, post: str, put: str | None = None, delete: str | None = None) -> Row:
    """Write a row; PUT and DELETE are answered like POST where nothing is said."""
    return {"get": get, "post": post, "put": put or post, "delete": delete or put or post}


def everybody(answer: str) -> str:
    """Answer all viewers alike."""
    return " ".join([answer] * len(VIEWERS))


def signed_in(answer: str, others: str = "sign-in") -> str:
    """Answer whoever has signed in, whatever their roles."""
    return " ".join([others, *[answer] * len(_SIGNED_IN), others])


def operators(answer: str) -> str:
    """Answer operators, and lead everybody else to signing in as one."""
    return only("operator", answer, others="sign-in")


def only(viewers: str, answer: str, others: str = "no") -> str:
    """Answer some of those who have signed in, and refuse the others."""
    inside = [answer if one in viewers.split() else others for one in _SIGNED_IN]
    return " ".join(["sign-in", *inside, "sign-in"])


def read(answers: str) -> Row:
    """Write the row of a page that is only looked at."""
    return row(get=answers, post=everybody("how"))


def write(answers: str) -> Row:
    """Write the row of an address that only takes a POST."""
    return row(get=everybody("how"), post=answers, put=everybody("how"))
