"""Passwords are hashed with Argon2id as OWASP advises, at a known price."""

from argon2 import extract_parameters
from django.contrib.auth.hashers import check_password, identify_hasher
from pytest_django import Settings

from portal.people.hashers import TunedArgon2PasswordHasher


def test_a_hash_carries_the_tuned_parameters():
    encoded = TunedArgon2PasswordHasher().encode("a calm first word", "saltsaltsalt")
    found = extract_parameters(encoded.removeprefix("argon2"))
    assert (found.type.name, found.memory_cost, found.time_cost, found.parallelism) == (
        "ID",
        19 * 1024,
        3,
        1,
    )


def test_a_hash_with_other_parameters_is_renewed_at_the_next_sign_in(settings: Settings):
    settings.PASSWORD_HASHERS = [
        "portal.people.hashers.TunedArgon2PasswordHasher",
    ]

    class Dearer(TunedArgon2PasswordHasher):
        time_cost = 4

    old = Dearer().encode("a calm first word", "saltsaltsalt")
    renewed: list[str] = []
    assert check_password("a calm first word", old, setter=renewed.append)
    assert renewed == ["a calm first word"]
    assert isinstance(identify_hasher(old), TunedArgon2PasswordHasher)
