"""Password hashing that is dear to a thief and cheap enough for a morning's sign-ins."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class TunedArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2id at about 50 ms: OWASP's memory of 19 MiB and one lane, with a third pass.

    Django's defaults (100 MiB, 8 lanes) take about 230 ms, which lets only nine people a second
    sign in on two cores. Source: OWASP Password Storage Cheat Sheet (m=19456, t=2, p=1 or more).
    """

    time_cost = 3
    memory_cost = 19 * 1024
    parallelism = 1
