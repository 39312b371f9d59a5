"""Programs for the pages that are looked at: one that somebody has, and one that a lead wrote."""

from datetime import timedelta

from courses.models import Programme
from portal.kit.clock import now
from portal.programmes.actions.giving import answer_programme, give_programme
from portal.programmes.actions.writing import write_programme
from portal.programmes.models import GivenProgramme
from tests.factories.programmes import programme_raw, published
from tests.journeys.house import House


def give_a_programme(house: House) -> GivenProgramme:
    """Let Priya have a programme with every kind of step, given so long ago that some are late."""
    version = published(programme_raw(house.module, house.step("scenario")))
    earlier = now() - timedelta(days=6)
    given = give_programme(version, [house.priya.pk], by=house.dana, at=earlier, note="For you.")
    answer_programme(given[0], "It is a lot.", by=house.priya, at=now())
    return given[0]


def write_a_programme(house: House) -> Programme:
    """Let Dana write one with a choice, a prerequisite and a milestone."""
    raw = programme_raw(house.module, house.step("scenario"), title="Nights")
    learn, play, cards, talk = raw["steps"]
    raw["steps"] = [
        learn | {"milestone": "Begun"},
        play | {"choice": "A", "needs": ["learn"]},
        cards | {"choice": "A"},
        talk,
    ]
    raw["choices"] = [{"id": "A", "of": 1}]
    return write_programme(raw, by=house.dana, at=now()).programme
