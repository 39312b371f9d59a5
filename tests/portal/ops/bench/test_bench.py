"""The scale database: it can be seeded, and every page that the bench asks for answers in it."""

from http import HTTPStatus

import pytest
from django.core.management import call_command

from portal.ops.bench.pages import UnknownPage, pages
from portal.ops.bench.seed import PEOPLE_PER_TEAM, seed_courses, seed_people
from portal.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def seeded() -> None:
    """Two small teams, with all that the bench seeds."""
    call_command("library", "load", verbosity=0)
    seed_courses()
    seed_people(2 * PEOPLE_PER_TEAM)


def test_every_page_of_the_bench_answers(seeded, client):
    for page in pages():
        client.force_login(User.objects.get(email=page.email))
        assert client.get(page.path).status_code == HTTPStatus.OK, page.name


def test_growing_the_database_keeps_what_is_there(seeded):
    pages()
    seed_people(3 * PEOPLE_PER_TEAM)
    assert User.objects.filter(email__startswith="agent-").count() == 3 * PEOPLE_PER_TEAM
    assert pages()


def test_pages_are_asked_for_by_name(seeded):
    assert [page.name for page in pages(only=["Library", "My learning"])] == [
        "My learning",
        "Library",
    ]
    with pytest.raises(UnknownPage, match=r"^No page is called Libary\. There are: My learning, "):
        pages(only=["Libary"])
