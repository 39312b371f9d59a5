"""Every address times every kind of viewer times every method is answered as written down.

`tests/security/expectations.py` holds the table and says how to add a row;
`tests/security/targets.py` fills the parameters of addresses with the people and things of
`tests/security/objects.py`.
"""

import pytest
from pytest_django import Settings

from tests.security.addresses import METHODS, Address, all_addresses, ask, bare_text, word_for
from tests.security.expectations import (
    EXPECTATIONS,
    WITHOUT_CSRF_TOKEN,
    WITHOUT_SECOND_STEP,
)
from tests.security.objects import World
from tests.security.rows import VIEWERS
from tests.security.targets import TARGETS, Target

SET_UP = "/accounts/2fa/?next="
ADDRESSES = all_addresses()
WITH_PARAMETERS = [address for address in ADDRESSES if address.parameters]
each_address = pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.key)


def target_of(address: Address, world: World) -> Target:
    """Return what fills the parameters of an address."""
    if not address.parameters:
        return Target(own={}, missing={}, nobody_elses="there is only one of it")
    if address.key not in TARGETS:
        pytest.fail(
            f"{address.key!r} takes {sorted(address.parameters)}, and nothing says what to fill in."
            " Add a function to TARGETS in tests/security/targets.py.",
            pytrace=False,
        )
    return TARGETS[address.key](world)


def answers(address: Address, world: World) -> dict[str, str]:
    """Return the row of an address as it is answered now."""
    path = address.path(target_of(address, world).own)
    return {
        method: " ".join(word_for(ask(method, path, world.cookies[who])) for who in VIEWERS)
        for method in METHODS
    }


@each_address
def test_an_address_answers_each_viewer_as_written_down(address: Address, world: World):
    found = answers(address, world)
    if address.key not in EXPECTATIONS:
        lines = "\n".join(f'        {method}="{row}",' for method, row in found.items())
        pytest.fail(
            f"{address.key!r} is not in the table of access. If these answers are right,\n"
            f"paste them into tests/security/expectations.py:\n\n"
            f'    "{address.key}": row(\n{lines}\n    ),\n\n(in the order {" ".join(VIEWERS)})',
            pytrace=False,
        )
    assert found == EXPECTATIONS[address.key]


def test_the_table_has_no_rows_of_addresses_that_are_gone():
    known = {address.key for address in ADDRESSES}
    assert (EXPECTATIONS.keys() | TARGETS.keys()) - known == set()


@pytest.mark.parametrize("address", WITH_PARAMETERS, ids=lambda address: address.key)
def test_what_belongs_to_others_answers_like_what_does_not_exist(address: Address, world: World):
    target = target_of(address, world)
    if target.foreign is None:
        assert target.nobody_elses, "say why there is nothing of others, or give one"
        return
    foreign, missing = address.path(target.foreign), address.path(target.missing)
    for method in ("get", "post"):
        for who in ("visitor", "agent", "lead"):
            viewer = world.cookies[who]
            theirs, nothing = ask(method, foreign, viewer), ask(method, missing, viewer)
            assert (who, method, theirs.status_code, bare_text(theirs, foreign)) == (
                who,
                method,
                nothing.status_code,
                bare_text(nothing, missing),
            )


@each_address
def test_a_post_without_our_token_is_refused(address: Address, world: World):
    path = address.path(target_of(address, world).own)
    response = ask("post", path, world.cookies["operator"], checks_csrf=True)
    assert (word_for(response) == "no") is (address.key not in WITHOUT_CSRF_TOKEN)


@each_address
def test_without_a_second_step_nothing_else_opens(
    address: Address, world: World, settings: Settings
):
    settings.ENFORCE_MFA = True
    path = address.path(target_of(address, world).own)
    stops = {
        ask(method, path, world.cookies[who]).headers.get("Location", "").startswith(SET_UP)
        for method in ("get", "post")
        for who in ("lead", "author", "admin", "operator")
    }
    assert stops == {address.key not in WITHOUT_SECOND_STEP}
