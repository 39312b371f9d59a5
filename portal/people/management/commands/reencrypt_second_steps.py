"""Encrypts stored second-step secrets anew after `SECRET_KEY` was changed."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.people.mfa import reencrypt_secrets


class Command(BaseCommand):
    """Part of changing the secret key; `portal.people.mfa` says how."""

    help = "Encrypt authenticator keys and recovery codes with the present SECRET_KEY."

    def handle(self, *args: Any, **options: Any) -> None:
        """Encrypt them all and say how many there were."""
        self.stdout.write(f"{reencrypt_secrets()} secrets are encrypted with the present key.")
