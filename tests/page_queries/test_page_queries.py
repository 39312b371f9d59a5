"""Every page asks the database as often as written down: the same for one row and for fifty.

`tests/page_queries/counts.py` holds the numbers. A page that is missing there fails with the line
to paste. A page that asks more with fifty rows than with one has a query in a loop: mend it.
"""

import re

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from tests.page_queries.conftest import FIFTY
from tests.page_queries.counts import COUNTS, LISTS
from tests.security.addresses import Address, all_addresses, ask, word_for
from tests.security.expectations import EXPECTATIONS
from tests.security.objects import World
from tests.security.rows import VIEWERS
from tests.security.targets import TARGETS

# Two of these open each page: the first to whom it is open, and somebody with wider rights.
_AS_WHOM = ("agent", "lead", "author", "admin", "operator", "visitor")
_OF_A_SAVEPOINT = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")
_A_ROW = re.compile(rb"<(?:tr|li|article|details|option)\b")
_MANY = 40


def viewers_of(address: Address) -> list[str]:
    """Return as whom a page is opened here; nobody where it is not a page."""
    row = EXPECTATIONS.get(address.key)
    if row is None:  # the table of access says so, and how to mend it
        return []
    answers = dict(zip(VIEWERS, row["get"].split(), strict=True))
    return [who for who in _AS_WHOM if answers[who] == "ok"][:2]


PAGES = [address for address in all_addresses() if viewers_of(address)]
each_page = pytest.mark.parametrize("address", PAGES, ids=lambda address: address.key)


def opened(address: Address, world: World, who: str) -> HttpResponse:
    """Open a page as somebody."""
    values = TARGETS[address.key](world).own if address.parameters else {}
    response = ask("get", address.path(values), world.cookies[who])
    assert word_for(response) == "ok"
    return response


def queries_of(address: Address, world: World, who: str) -> int:
    """Return how often a page asks the database; sessions are in the cookie here."""
    with CaptureQueriesContext(connection) as asked:
        opened(address, world, who)
    return sum(not one["sql"].startswith(_OF_A_SAVEPOINT) for one in asked.captured_queries)


@each_page
def test_a_page_asks_as_often_as_written_down(address: Address, filled: World):
    for who in viewers_of(address):
        opened(address, filled, who)  # what a process keeps is there from the second time on
    found = {who: queries_of(address, filled, who) for who in viewers_of(address)}
    assert address.key in COUNTS, f'add to counts.py: "{address.key}": {found},'
    assert found == COUNTS[address.key]


@each_page
def test_the_pages_that_list_show_fifty_rows(address: Address, filled: World, request):
    if request.node.callspec.params["filled"] != FIFTY or address.key not in LISTS:
        return
    most = max(len(_A_ROW.findall(body_of(address, filled, who))) for who in viewers_of(address))
    assert most >= _MANY


def body_of(address: Address, world: World, who: str) -> bytes:
    response = opened(address, world, who)
    return b"" if response.streaming else response.content


def test_no_row_is_of_a_page_that_is_gone():
    known = {address.key for address in PAGES}
    assert (COUNTS.keys() | LISTS) - known == set()
