"""Media are sent to learners whole or in parts, cached for good, and cannot run anything."""

import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from courses.models import MediaFile
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

BYTES = bytes(range(100)) * 10
SHA = hashlib.sha256(BYTES).hexdigest()
URL = f"/media/{SHA}/film.webm"


@pytest.fixture
def film(client: Client, tmp_path, settings) -> MediaFile:
    """A film of 1000 bytes, and an agent who is signed in."""
    settings.MEDIA_ROOT = tmp_path
    client.force_login(PersonFactory())
    file = MediaFile.objects.create(
        sha256=SHA,
        name="film.webm",
        mime_type="video/webm",
        size_bytes=len(BYTES),
        added_at=MONDAY,
    )
    default_storage.save(file.storage_name, ContentFile(BYTES))
    return file


def get(client: Client, wanted: str = ""):
    return client.get(URL, headers={"Range": wanted} if wanted else {})


def test_a_file_is_sent_whole_with_its_type_and_length(client, film) -> None:
    response = get(client)
    assert (response.status_code, response.getvalue()) == (200, BYTES)
    assert {name: response[name] for name in ("Content-Type", "Content-Length")} == {
        "Content-Type": "video/webm",
        "Content-Length": "1000",
    }


def test_it_is_cached_for_good_and_cannot_run_anything(client, film) -> None:
    for wanted in ("", "bytes=0-9"):
        response = get(client, wanted)
        names = (
            "Accept-Ranges",
            "Cache-Control",
            "Content-Security-Policy",
            "X-Content-Type-Options",
        )
        assert {name: response[name] for name in names} == {
            "Accept-Ranges": "bytes",
            "Cache-Control": "private, max-age=31536000, immutable",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
        }


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [
        ("bytes=0-99", 0, 99),
        ("bytes=10-10", 10, 10),
        ("bytes=900-", 900, 999),
        ("bytes=990-5000", 990, 999),
        ("bytes=-10", 990, 999),
        ("bytes=-5000", 0, 999),
        ("bytes=0-", 0, 999),
    ],
)
def test_a_part_is_sent_to_players_that_ask_for_it(client, film, wanted, first, last) -> None:
    response = get(client, wanted)
    assert (response.status_code, response.getvalue()) == (206, BYTES[first : last + 1])
    assert response["Content-Range"] == f"bytes {first}-{last}/1000"
    assert response["Content-Length"] == str(last - first + 1)
    assert response["Content-Type"] == "video/webm"


@pytest.mark.parametrize("wanted", ["bytes=1000-", "bytes=2000-3000", "bytes=-0"])
def test_a_part_beyond_the_end_is_refused_with_the_length(client, film, wanted: str) -> None:
    response = get(client, wanted)
    assert (response.status_code, response.getvalue()) == (416, b"")
    assert response["Content-Range"] == "bytes */1000"


@pytest.mark.parametrize(
    "wanted",
    ["bytes=-", "bytes=20-10", "bytes=0-1,5-6", "lines=1-2", "nonsense", f"bytes={'9' * 5000}-"],
)
def test_what_is_no_single_part_is_answered_with_the_whole(client, film, wanted: str) -> None:
    response = get(client, wanted)
    assert (response.status_code, response.getvalue()) == (200, BYTES)


def test_a_part_of_a_long_film_is_sent_piece_by_piece(client, film) -> None:
    response = get(client, "bytes=100-")
    assert response.streaming
    assert b"".join(response.streaming_content) == BYTES[100:]


def test_the_name_is_for_people_and_the_hash_finds_the_file(client, film) -> None:
    response = client.get(f"/media/{SHA}/the-same-bytes.webm")
    assert (response.status_code, response["Content-Type"]) == (200, "video/webm")


@pytest.mark.parametrize("sha", ["0" * 64, "nothing", f"{SHA}0", "%00", ".."])
def test_other_hashes_are_not_found(client, film, sha: str) -> None:
    assert client.get(f"/media/{sha}/film.webm").status_code == 404


def test_a_file_that_storage_lost_is_not_found(client, film) -> None:
    default_storage.delete(film.storage_name)
    assert get(client).status_code == 404


def test_signed_out_readers_see_no_media(client, film) -> None:
    client.logout()
    response = get(client)
    assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={URL}")


@pytest.mark.parametrize("wanted", ["", "bytes=0-9"])
def test_a_file_takes_two_queries(client, film, wanted: str, django_assert_num_queries) -> None:
    get(client)
    with django_assert_num_queries(2):
        get(client, wanted).close()
