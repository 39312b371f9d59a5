"""The one place that reads the environment: what is enough, and the advice when it is not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.environment import Environment, read_environment

BASE = Path("/srv/attune")
ENOUGH = {
    "SECRET_KEY": "a long random text",
    "DATABASE_URL": "postgres://user:password@host:5432/name",
    "REDIS_URL": "redis://:password@host:6379/0",
}


def test_three_variables_are_enough():
    assert read_environment(ENOUGH, BASE) == Environment(
        secret_key="a long random text",
        secret_key_fallbacks=[],
        debug=False,
        demo=False,
        enforce_mfa=True,
        site_url="http://localhost:8000",
        allowed_hosts=["localhost", "localhost", "127.0.0.1"],
        database_url="postgres://user:password@host:5432/name",
        redis_url="redis://:password@host:6379/0",
        cache_url="redis://:password@host:6379/0",
        email_url="smtp://localhost:1025",
        mail_from="Attune <hello@attune.example>",
        media_root=BASE / "var" / "media",
        static_root=BASE / "var" / "static",
        key_prefix="attune",
        queue="attune",
        reply_coach="",
    )


def test_a_key_can_be_changed_while_what_was_signed_with_the_last_ones_lives_on():
    given = ENOUGH | {"SECRET_KEY_FALLBACKS": "the last one, the one before,"}
    assert read_environment(given, BASE).secret_key_fallbacks == ["the last one", "the one before"]


def test_mails_come_from_the_sites_own_mailbox():
    sender = "Care Line <care@clinic.example>"
    assert read_environment(ENOUGH | {"DEFAULT_FROM_EMAIL": sender}, BASE).mail_from == sender


@pytest.mark.parametrize("sender", ["Care Line", "Care <care>", "a@b.example\nBcc: c@d.example"])
def test_a_sender_that_is_none_stops_the_start(sender):
    with pytest.raises(ImproperlyConfigured, match="DEFAULT_FROM_EMAIL is no sender"):
        read_environment(ENOUGH | {"DEFAULT_FROM_EMAIL": sender}, BASE)


def test_the_demo_asks_for_no_second_step_unless_told_to():
    assert not read_environment(ENOUGH | {"DEMO": "1"}, BASE).enforce_mfa
    assert read_environment(ENOUGH | {"DEMO": "1", "ENFORCE_MFA": "1"}, BASE).enforce_mfa


def test_the_site_answers_to_its_own_name():
    environment = read_environment(ENOUGH | {"SITE_URL": "https://attune.example/"}, BASE)
    assert environment.site_url == "https://attune.example"
    assert environment.allowed_hosts == ["attune.example", "localhost", "127.0.0.1"]


@pytest.mark.parametrize("name", ENOUGH)
def test_a_missing_variable_stops_the_start_and_says_what_to_set(name):
    with pytest.raises(ImproperlyConfigured, match=rf"^{name} is not set\. Set it to .+\.$"):
        read_environment(ENOUGH | {name: " "}, BASE)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "sqlite:///db.sqlite3"),
        ("DATABASE_URL", "postgres://"),
        ("REDIS_URL", "localhost:6379"),
        ("CACHE_URL", "memcached://localhost"),
        ("EMAIL_URL", "mail.example"),
        ("SITE_URL", "attune.example"),
        ("DEBUG", "maybe"),
        ("DEMO", "2"),
        ("ENFORCE_MFA", "on please"),
        ("REPLY_COACH", "https://coach.example"),
    ],
)
def test_a_wrong_variable_stops_the_start_and_says_what_to_set(name, value):
    with pytest.raises(ImproperlyConfigured, match=rf"^{name} is .+ Set it to .+\.$"):
        read_environment(ENOUGH | {name: value}, BASE)


def test_a_command_without_its_variables_ends_with_the_advice():
    environment = {"PATH": os.environ["PATH"], **ENOUGH, "SECRET_KEY": ""}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=Path(__file__).resolve().parents[2],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "SECRET_KEY is not set. Set it to a long random text" in done.stderr
