"""The quick way to addresses gives what `reverse` gives."""

from uuid import UUID

import pytest
from django.urls import NoReverseMatch, include, path, reverse

from portal.kit.addresses import reverse_quickly


def view(request: object) -> None:
    """Stand for any page."""


_INNER = ([path("<int:year>/<slug:name>/", view, name="inner")], "app")
urlpatterns = [
    path("plain/", view, name="plain"),
    path("words/<str:word>/", view, name="word"),
    path("<int:first>/<int:second>/<uuid:id>/", view, name="many"),
    path("swapped/<slug:b>/<slug:a>/", view, name="swapped"),
    path("files/<path:name>", view, name="file"),
    path("app/", include(_INNER)),
]
ID = UUID("5e1f0f6a-7a7c-4d5e-9a5b-0d4f6f2d9a11")

pytestmark = pytest.mark.urls(__name__)


@pytest.mark.parametrize(
    ("name", "args", "kwargs"),
    [
        ("plain", (), {}),
        ("word", ("word",), {}),
        ("word", ("two words & “more”",), {}),
        ("many", (1, 22, ID), {}),
        ("many", (), {"id": ID, "second": 2, "first": 1}),
        ("many", (0, 12345678901234567890, ID), {}),
        ("many", ("1", "2", str(ID)), {}),
        ("swapped", (), {"a": "one", "b": "two"}),
        ("file", ("a/b.txt",), {}),
        ("app:inner", (2026, "an-article_1"), {}),
        ("app:inner", (), {"year": 2026, "name": "x"}),
    ],
)
def test_it_is_the_same_address(name, args, kwargs):
    for _ in range(2):  # the second time it is remembered
        assert reverse_quickly(name, args, kwargs) == reverse(name, args=args, kwargs=kwargs)


@pytest.mark.parametrize(
    ("name", "args", "kwargs"),
    [
        ("nowhere", (), {}),
        ("plain", (1,), {}),
        ("many", (1, -2, ID), {}),
        ("many", (1, 2, None), {}),
        ("app:inner", (2026, "two words"), {}),
        ("app:inner", (), {"year": 2026, "title": "x"}),
    ],
)
def test_what_has_no_address_is_refused(name, args, kwargs):
    with pytest.raises(NoReverseMatch):
        reverse_quickly(name, args, kwargs)
