"""Every page is the same whether its template was turned into Python or is drawn by Django."""

import pytest
from django.http import HttpResponse
from django.template.base import NodeList

from portal.kit.quick_templates.loader import QuickNodes
from tests.security.addresses import all_addresses, ask, bare_text
from tests.security.objects import World
from tests.security.test_access_matrix import target_of


@pytest.mark.parametrize("viewer", ["agent", "admin"])
def test_every_page_is_what_django_would_draw(
    viewer: str, world: World, monkeypatch: pytest.MonkeyPatch
):
    different = []
    for address in all_addresses():
        path = address.path(target_of(address, world).own)
        quick = ask("get", path, world.cookies[viewer])
        if not is_text(quick):
            continue
        with monkeypatch.context() as patch:
            patch.setattr(QuickNodes, "render", NodeList.render)
            plain, again = (ask("get", path, world.cookies[viewer]) for _ in range(2))
        texts = [bare_text(response, path) for response in (quick, plain, again)]
        if texts[0] != texts[1] and texts[1] == texts[2]:  # else there is a number of one use in it
            different.append(path)
    assert different == []


def is_text(response: HttpResponse) -> bool:
    """Say whether this is a page, and no file."""
    return not response.streaming and response.headers.get("Content-Type", "").startswith("text")
