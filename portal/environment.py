"""The one place that reads the environment: what may be set, and advice when it is wrong."""

import re
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

_ADVICE = {
    "SECRET_KEY": "a long random text; `python3 manage.py start` makes and keeps one for you",
    "DATABASE_URL": "postgres://user:password@host:5432/name",
    "REDIS_URL": "redis://:password@host:6379/0",
    "CACHE_URL": "redis://:password@host:6379/1 (a server that may evict)",
    "EMAIL_URL": "smtp://user:password@host:587?tls=true",
    "DEFAULT_FROM_EMAIL": "a name and a mailbox that a human reads: Attune <hello@attune.example>",
    "SITE_URL": "the address people type, such as https://attune.example",
    "REPLY_COACH": "the dotted path of a coach's class, such as our_site.coaches.TrainedCoach",
}
_FROM = "Attune <hello@attune.example>"
_DOTTED_PATH = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+")
_TRUTHS = {
    "1": True,
    "true": True,
    "yes": True,
    "0": False,
    "false": False,
    "no": False,
    "": False,
}


@dataclass(frozen=True)
class Environment:
    """Everything Attune takes from outside, already checked."""

    secret_key: str
    secret_key_fallbacks: list[str]
    debug: bool
    demo: bool
    enforce_mfa: bool
    site_url: str
    allowed_hosts: list[str]
    database_url: str
    redis_url: str
    cache_url: str
    email_url: str
    mail_from: str
    media_root: Path
    static_root: Path
    key_prefix: str
    queue: str
    reply_coach: str


def read_environment(variables: dict[str, str], base: Path) -> Environment:
    """Read and check `variables`; paths that are not given lie below `base`.

    Raises:
        ImproperlyConfigured: a variable is missing or wrong; the sentence says what to write.
    """
    demo = _truth(variables, "DEMO", default=False)
    redis_url = _url(variables, "REDIS_URL", ("redis", "rediss"))
    site_url = _url(variables, "SITE_URL", ("http", "https"), "http://localhost:8000").rstrip("/")
    return Environment(
        secret_key=_required(variables, "SECRET_KEY"),
        secret_key_fallbacks=_list(variables, "SECRET_KEY_FALLBACKS"),
        debug=_truth(variables, "DEBUG", default=False),
        demo=demo,
        enforce_mfa=_truth(variables, "ENFORCE_MFA", default=not demo),
        site_url=site_url,
        allowed_hosts=_hosts(variables, site_url),
        database_url=_url(variables, "DATABASE_URL", ("postgres", "postgresql")),
        redis_url=redis_url,
        cache_url=_url(variables, "CACHE_URL", ("redis", "rediss"), redis_url),
        email_url=_url(
            variables,
            "EMAIL_URL",
            ("smtp", "smtps", "smtp+tls", "smtp+ssl"),
            "smtp://localhost:1025",
        ),
        mail_from=_sender(variables),
        media_root=Path(variables.get("MEDIA_ROOT") or base / "var" / "media"),
        static_root=Path(variables.get("STATIC_ROOT") or base / "var" / "static"),
        key_prefix=variables.get("KEY_PREFIX", "attune"),
        queue=variables.get("CELERY_QUEUE", "attune"),
        reply_coach=_dotted_path(variables, "REPLY_COACH"),
    )


def email_settings(url: str) -> dict[str, object]:
    """Return Django's EMAIL_* settings for an SMTP address."""
    return dict(environ.Env.email_url_config(url))


def database_settings(url: str) -> dict[str, object]:
    """Return one entry of Django's DATABASES for a PostgreSQL address."""
    return dict(environ.Env.db_url_config(url))


def _required(variables: dict[str, str], name: str) -> str:
    value = variables.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. Set it to {_ADVICE[name]}.")
    return value


def _url(
    variables: dict[str, str],
    name: str,
    schemes: tuple[str, ...],
    default: str | None = None,
) -> str:
    value = variables.get(name, "").strip() or default or _required(variables, name)
    if value.partition("://")[0] not in schemes or not value.partition("://")[2]:
        raise ImproperlyConfigured(f"{name} is not such an address. Set it to {_ADVICE[name]}.")
    return value


def _truth(variables: dict[str, str], name: str, *, default: bool) -> bool:
    value = variables.get(name)
    if value is None:
        return default
    try:
        return _TRUTHS[value.strip().lower()]
    except KeyError:
        raise ImproperlyConfigured(f"{name} is {value!r}. Set it to 1 or 0.") from None


def _dotted_path(variables: dict[str, str], name: str) -> str:
    value = variables.get(name, "").strip()
    if value and not _DOTTED_PATH.fullmatch(value):
        raise ImproperlyConfigured(f"{name} is {value!r}. Set it to {_ADVICE[name]}.")
    return value


def _sender(variables: dict[str, str]) -> str:
    """Return whom mails come from; line breaks would start a header of their own."""
    value = variables.get("DEFAULT_FROM_EMAIL", "").strip() or _FROM
    if "@" not in parseaddr(value)[1] or not value.isprintable():
        raise ImproperlyConfigured(
            f"DEFAULT_FROM_EMAIL is no sender. Set it to {_ADVICE['DEFAULT_FROM_EMAIL']}."
        )
    return value


def _hosts(variables: dict[str, str], site_url: str) -> list[str]:
    own = site_url.partition("://")[2].partition("/")[0].partition(":")[0]
    return _list(variables, "ALLOWED_HOSTS") or [own, "localhost", "127.0.0.1"]


def _list(variables: dict[str, str], name: str) -> list[str]:
    values = (value.strip() for value in variables.get(name, "").split(","))
    return [value for value in values if value]
