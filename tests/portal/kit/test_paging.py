"""Numbered pages: nonsense in an address means the first one."""

import pytest
from django.test import RequestFactory

from portal.kit.paging import FURTHEST, page_number, without_page


@pytest.mark.parametrize(
    ("asked", "number"),
    [("3", 3), ("", 1), ("0", 1), ("-2", 1), ("x", 1), ("²", 1), ("99999", FURTHEST), ("9" * 9, 1)],
)
def test_the_number_of_a_page(rf: RequestFactory, asked: str, number: int) -> None:
    assert page_number(rf.get("/", {"page": asked})) == number


def test_the_rest_of_the_query_stays(rf: RequestFactory) -> None:
    assert without_page(rf.get("/", {"q": "a b", "page": "2"})) == "q=a+b&"
    assert without_page(rf.get("/")) == ""
