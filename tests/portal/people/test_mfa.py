"""Secrets of second steps are unreadable in the database, also after the key was changed."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.utils import decrypt, encrypt
from cryptography.fernet import InvalidToken
from django.core.management import call_command
from pytest_django import Settings

from portal.people.mfa import MFAAdapter
from tests.factories.people import PersonFactory

SECRET = "JBSWY3DPEHPK3PXP"
OLD, NEW = "o" * 60, "n" * 60


def test_what_is_stored_is_not_the_secret_and_differs_each_time():
    first, second = encrypt(SECRET), encrypt(SECRET)
    assert SECRET not in first
    assert first != second
    assert decrypt(first) == decrypt(second) == SECRET


@pytest.mark.django_db
def test_app_keys_and_recovery_seeds_are_encrypted_at_rest():
    person = PersonFactory()
    TOTP.activate(person, SECRET)
    codes = RecoveryCodes.activate(person).generate_codes()
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert SECRET not in stored
    assert [code for code in codes if code in stored] == []


def test_another_key_cannot_read_it(settings: Settings):
    settings.SECRET_KEY = OLD
    token = encrypt(SECRET)
    settings.SECRET_KEY = NEW
    with pytest.raises(InvalidToken):
        decrypt(token)


def test_a_key_of_before_still_reads_it(settings: Settings):
    settings.SECRET_KEY = OLD
    token = encrypt(SECRET)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    assert decrypt(token) == SECRET


@pytest.mark.django_db
def test_reencrypting_makes_the_old_key_superfluous(settings: Settings):
    settings.SECRET_KEY = OLD
    person = PersonFactory()
    app = TOTP.activate(person, SECRET).instance
    codes = RecoveryCodes.activate(person)
    before = codes.generate_codes()
    Authenticator.objects.create(user=person, type="webauthn", data={"credential": "public"})

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    output = StringIO()
    call_command("reencrypt_second_steps", stdout=output)
    assert output.getvalue() == "2 secrets are encrypted with the present key.\n"

    settings.SECRET_KEY_FALLBACKS = []
    app.refresh_from_db()
    codes.instance.refresh_from_db()
    assert decrypt(app.data["secret"]) == SECRET
    assert codes.generate_codes() == before


@pytest.mark.django_db
def test_passkeys_get_plain_names():
    person = PersonFactory()
    kind = Authenticator.Type.WEBAUTHN
    first = MFAAdapter().generate_authenticator_name(person, kind)
    Authenticator.objects.create(user=person, type=kind, data={})
    second = MFAAdapter().generate_authenticator_name(person, kind)
    assert (first, second) == ("Passkey 1", "Passkey 2")
