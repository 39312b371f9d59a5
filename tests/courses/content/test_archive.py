"""An archive of a course: the same files make the same bytes, and a hostile one is refused."""

import stat
import zipfile
from io import BytesIO

import pytest

from courses.content import archive
from courses.content.archive import pack, unpack
from courses.content.parsing import ContentError

COURSE = "small-talk/course.yaml"


def zipped(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> BytesIO:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries:
            made.writestr(name, content)
    out.seek(0)
    return out


def refusal(source: BytesIO) -> str:
    with pytest.raises(ContentError) as refused:
        unpack(source)
    return str(refused.value)


def test_what_goes_in_comes_out():
    files = {COURSE: b"title: Small talk\n", "small-talk/hello/media/ear.png": b"\x89PNG"}

    assert unpack(BytesIO(pack(files))) == files


def test_the_same_files_make_the_same_bytes_in_whatever_order_they_come():
    files = {COURSE: b"one", "small-talk/hello/module.yaml": b"two"}

    assert pack(files) == pack(dict(reversed(files.items())))


@pytest.mark.parametrize(
    "name",
    [
        "../course.yaml",
        "small-talk/../../course.yaml",
        "/etc/passwd",
        "C:/course.yaml",
        "small-talk\\..\\course.yaml",
        "small-talk/hello/media/..",
        "small-talk/hello/run.sh",
        "small-talk/hello/media/page.html/x.png",
        "Small Talk/course.yaml",
        "course.yaml",
        "../readme.md",
    ],
)
def test_a_name_that_no_course_has_is_refused_and_told(name):
    found = zipped((COURSE, b""), (name, b""))

    assert "A course has no file of this name" in refusal(found)


def test_what_computers_leave_beside_files_is_passed_over():
    found = zipped(
        ("small-talk/", b""),
        (COURSE, b"x"),
        ("__MACOSX/small-talk/._course.yaml", b""),
        ("small-talk/.DS_Store", b""),
        ("small-talk/hello/media/CREDITS.md", b"Ours."),
    )

    assert unpack(found) == {COURSE: b"x"}


def test_a_link_is_refused():
    link = zipfile.ZipInfo("small-talk/hello/media/ear.png")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16

    assert "no links" in refusal(zipped((link, b"/etc/passwd")))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_there_twice_is_refused():
    assert "twice" in refusal(zipped((COURSE, b"one"), (COURSE, b"two")))


def test_too_many_files_are_refused_before_one_is_read():
    many = zipped(*((f"small-talk/m-{number}/module.yaml", b"") for number in range(10_000)))

    assert "may hold 2,000 files; this one has 10,000" in refusal(many)


def test_a_bomb_is_stopped_while_it_unpacks(monkeypatch):
    monkeypatch.setattr(archive, "LARGEST_FILE", 2 * 1024 * 1024)
    bomb = zipped((COURSE, b"0" * 3 * 1024 * 1024))

    assert len(bomb.getvalue()) < 10_000
    assert "a file may have 2 MB" in refusal(bomb)


def test_many_small_bombs_are_stopped_together(monkeypatch):
    monkeypatch.setattr(archive, "MOST_BYTES", 2 * 1024 * 1024)
    bombs = [(f"small-talk/m-{number}/module.yaml", b"0" * 1024 * 1024) for number in range(3)]

    assert "the whole archive may have 2 MB" in refusal(zipped(*bombs))


def test_a_size_that_the_archive_lies_about_is_not_believed():
    source = bytearray(zipped((COURSE, b"0" * 5_000_000)).getvalue())
    size = (5_000_000).to_bytes(4, "little")
    assert source.count(size) == 2
    lying = bytes(source.replace(size, (10).to_bytes(4, "little")))

    assert "damaged" in refusal(BytesIO(lying))


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04 and then nothing"])
def test_what_is_no_archive_is_refused(content):
    assert "damaged, or it is not a ZIP file" in refusal(BytesIO(content))


def test_a_damaged_archive_is_refused():
    source = bytearray(zipped((COURSE, bytes(range(256)) * 40)).getvalue())
    source[60] ^= 0xFF

    assert "damaged" in refusal(BytesIO(bytes(source)))


def test_an_archive_without_files_is_refused():
    assert "no course" in refusal(zipped(("small-talk/", b"")))
