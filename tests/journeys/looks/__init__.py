"""Every page, and as whom one looks at it.

To add a page, put its URL name into the module of its area, with one `Look` for each of its states
that looks different. An address that shows no page of ours goes into `no_looks.py`, with what it
answers.
"""

from tests.journeys.looks.account import ACCOUNT
from tests.journeys.looks.admin import ADMIN
from tests.journeys.looks.coaching import COACHING
from tests.journeys.looks.how import VIEWERS, Look
from tests.journeys.looks.learning import LEARNING
from tests.journeys.looks.programmes import PROGRAMMES
from tests.journeys.looks.team import TEAM

__all__ = ["LOOKS", "VIEWERS"]

LOOKS: dict[str, list[Look]] = {**LEARNING, **TEAM, **ADMIN, **COACHING, **ACCOUNT, **PROGRAMMES}
