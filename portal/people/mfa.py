"""How allauth's second step fits Attune: secrets are encrypted before they are stored.

The key comes from `SECRET_KEY`. To change that without locking anybody out: put the old value into
`SECRET_KEY_FALLBACKS`, restart, run `python3 manage.py reencrypt_second_steps`, drop the old value.
"""

import base64
from functools import lru_cache

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext

_PURPOSE = b"attune: secrets of second steps"


class MFAAdapter(DefaultMFAAdapter):
    """Encrypts authenticator keys and recovery seeds, and names passkeys in plain words."""

    def encrypt(self, text: str) -> str:
        """Encrypt a secret for the database."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Read a secret from the database.

        Raises:
            cryptography.fernet.InvalidToken: neither `SECRET_KEY` nor a fallback encrypted it.
        """
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """Suggest a name for a new passkey."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey {number}").format(number=number)


@transaction.atomic
def reencrypt_secrets() -> int:
    """Encrypt every stored secret with the present `SECRET_KEY`; return how many there were."""
    cipher = _cipher()
    changed = 0
    stored = Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN)
    for authenticator in stored.select_for_update(of=("self",)).order_by("pk").iterator():
        for field in {"secret", "seed"} & authenticator.data.keys():
            token = authenticator.data[field].encode()
            authenticator.data[field] = cipher.rotate(token).decode()
            changed += 1
        authenticator.save(update_fields=["data"])
    return changed


def _cipher() -> MultiFernet:
    return _cipher_of((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=4)
def _cipher_of(secrets: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_key_from(secret)) for secret in secrets])


def _key_from(secret: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE)
    return base64.urlsafe_b64encode(derived.derive(secret.encode()))
