"""Admins word the skill frame; each change is a version of its own."""

import pytest
from django.conf import settings

from courses.actions.framing import load_frame, reword_skill
from courses.content.skill_frame import read_frame_file
from courses.content.skills import Skill
from courses.models import SkillFrameVersion
from courses.queries.frame import current_frame, frame_of_version
from portal.audit.models import AuditEvent
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory
from tests.support.reading import html_of
from tests.support.together import all_at_once

pytestmark = pytest.mark.django_db
URL = "/content/skills/empathy/"
NEW = {
    "new-title": "Leaves room",
    "new-at_1": "Talks on",
    "new-at_3": "Waits once",
    "new-at_5": "Waits, and lets it stand",
    "new-not_observed": "Nothing called for it",
}


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Forget versions of other tests, whose numbers come again."""
    frame_of_version.cache_clear()
    yield
    frame_of_version.cache_clear()


@pytest.fixture
def alex():
    return PersonFactory(admin=True)


def sent(client, **changes: object):
    """Return what the page's form would send, with these changes."""
    form = client.get(URL).context["form"]
    values = {field.html_name: field.value() or "" for field in form}
    return values | changes


def framed():
    return current_frame().skill(Skill.EMPATHY)


def test_the_page_shows_the_frame_and_its_versions(client, alex):
    client.force_login(alex)
    assert framed().behaviours[0].title in html_of(client.get("/content/skills/"))
    assert "Skill frame" in html_of(client.get("/content/"))


def test_other_words_are_a_new_version_and_the_earlier_one_stays(client, alex):
    client.force_login(alex)
    first = load_frame(read_frame_file(settings.LIBRARY_ROOT), at=MONDAY)
    code = framed().behaviours[0].code
    response = client.post(URL, sent(client, **{f"{code}-at_1": "Says nothing of it", "lead": 75}))
    assert response.status_code == 302
    assert (framed().behaviours[0].at_1, framed().expected.lead) == ("Says nothing of it", 0.75)
    assert current_frame().version == first.number + 1
    assert SkillFrameVersion.objects.get(number=first.number).content == first.content
    assert AuditEvent.objects.get(verb="reworded skill").details["skill"] == "empathy"


def test_a_new_behavior_gets_a_code_that_was_never_used(client, alex):
    client.force_login(alex)
    before = [one.code for one in framed().behaviours]
    assert client.post(URL, sent(client, **NEW)).status_code == 302
    added = framed().behaviours[-1]
    assert added.code not in before
    assert (added.title, added.code[:2]) == ("Leaves room", "EM")


def test_half_a_new_behavior_is_refused_beside_its_fields_and_stays(client, alex):
    client.force_login(alex)
    response = client.post(URL, sent(client, **(NEW | {"new-at_5": ""})))
    assert response.status_code == 422
    html = html_of(response)
    assert "Describe a new behavior whole" in html
    assert "Leaves room" in html
    assert not SkillFrameVersion.objects.filter(is_own=True).exists()


def test_whoever_was_overtaken_is_told_and_keeps_their_words(client, alex):
    client.force_login(alex)
    mine = sent(client, summary="Mine.")
    assert client.post(URL, sent(client, summary="Theirs.")).status_code == 302
    response = client.post(URL, mine)
    assert response.status_code == 422
    assert "Somebody published another version just now." in html_of(response)
    assert "Mine." in html_of(response)
    assert framed().summary == "Theirs."


def test_loading_the_files_again_leaves_the_sites_own_words(client, alex):
    client.force_login(alex)
    assert client.post(URL, sent(client, summary="Our own words.")).status_code == 302
    load_frame(read_frame_file(settings.LIBRARY_ROOT), at=MONDAY)
    assert framed().summary == "Our own words."


def test_there_is_no_sixth_skill(client, alex):
    client.force_login(alex)
    assert client.get("/content/skills/typing/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_admins_at_once_one_is_told(alex):
    frame = read_frame_file(settings.LIBRARY_ROOT)
    load_frame(frame, at=MONDAY)
    raw = {key: value for key, value in frame["skills"][2].items() if key != "skill"}
    answers = all_at_once(
        [
            lambda n=n: reword_skill(
                Skill.EMPATHY, raw | {"summary": f"{n}."}, based_on=1, by=alex, at=MONDAY
            )
            for n in range(2)
        ]
    )
    assert sorted(type(one).__name__ for one in answers) == ["FrameHasChanged", "SkillFrameVersion"]
