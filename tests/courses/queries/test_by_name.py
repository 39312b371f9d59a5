"""Leafing through people by name."""

from collections.abc import Callable

import pytest

from courses.queries.by_name import PageByName, Place, matching, page_by_name
from portal.people.models import User
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

TOP = Place()


def page(place: Place) -> PageByName:
    return page_by_name(User.objects.all(), place, page_size=3)


def test_leafing_forth_and_back_shows_everybody_once() -> None:
    everybody = [PersonFactory(name=name) for name in ("ada", "Ada", "ada", "Bo", "Cy", "Di", "É")]
    pages = [page(TOP)]
    while pages[-1].after:
        pages.append(page(Place(after=pages[-1].after)))
    assert [[one.pk for one in found.people] for found in pages] == [
        [one.pk for one in everybody[:3]],
        [one.pk for one in everybody[3:6]],
        [one.pk for one in everybody[6:]],
    ]
    middle = page(Place(before=pages[2].before))
    assert middle == pages[1]
    first = page(Place(before=middle.before))
    assert (first.people, first.before, first.after) == (pages[0].people, None, pages[0].after)


def test_a_place_that_does_not_exist_shows_nobody_instead_of_failing() -> None:
    PersonFactory()
    assert page(Place(after=10**12)) == PageByName((), None, None)
    assert page(Place(before=10**12)) == PageByName((), None, None)


def test_every_word_has_to_occur_in_the_name_or_the_address() -> None:
    priya = PersonFactory(name="Priya Raman", email="p.raman@example.org")
    PersonFactory(name="Tomás Rivera", email="t.rivera@example.org")
    people = User.objects.all()
    found = {text: list(matching(people, text)) for text in ("raman p", "RAMAN@", "raman rivera")}
    assert found == {"raman p": [priya], "RAMAN@": [priya], "raman rivera": []}


@pytest.mark.parametrize("people", [1, 50])
def test_a_page_is_one_query(people: int, django_assert_num_queries: Callable[..., object]) -> None:
    last = [PersonFactory() for _ in range(people)][-1]
    with django_assert_num_queries(1):
        page_by_name(User.objects.all(), TOP)
    with django_assert_num_queries(1):
        page_by_name(User.objects.all(), Place(before=last.pk))
