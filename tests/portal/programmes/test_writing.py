"""A lead writes a program on its page: what can be in it, what is refused, and its versions."""

import pytest
import time_machine

from courses.content.programme import parse_programme
from courses.models import Programme
from portal.audit.models import AuditEvent
from portal.people.permissions import Role
from portal.programmes.actions.giving import give_programme
from portal.programmes.actions.writing import (
    ProgrammeHasChanged,
    archive_programme,
    reword_programme,
    write_programme,
)
from portal.programmes.queries.writing import may_change, programmes_editable_by
from tests.factories.coaching import a_pair
from tests.factories.courses import ScenarioFactory
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory
from tests.factories.programmes import path_of, programme_raw, published
from tests.support.reading import html_of

pytestmark = pytest.mark.django_db

NEW = "/team/programmes/write/"


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def pair():
    return a_pair()


@pytest.fixture
def dana(pair):
    return pair[0]


@pytest.fixture
def priya(pair):
    return pair[1]


@pytest.fixture
def call():
    return ScenarioFactory()


def written(*rows: dict[str, str], **fields: object) -> dict[str, object]:
    """Return what the page sends: its frame, and rows of which each names only what is in it."""
    frame = {
        "title": "Nights",
        "summary": "For the night desk.",
        "days": "14",
        "minutes_per_week": "45",
        "of_a": "1",
        "of_b": "1",
        "of_c": "1",
        "steps-TOTAL_FORMS": str(len(rows)),
        "steps-INITIAL_FORMS": "0",
    }
    steps = {
        f"steps-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()
    }
    return frame | steps | fields


def rows_with_everything(call):
    """Return a program with a prerequisite, a choice and two milestones; its rows not by day."""
    path = path_of(call.module)
    return (
        {"what": "session", "by_day": "14", "title": "Talk", "milestone": "Talked through"},
        {"what": f"module:{path}", "by_day": "5", "why": "It comes first.", "milestone": "Begun"},
        {"what": f"scenario:{path}:{call.slug}", "by_day": "9", "choice": "A", "needs": "2"},
        {"what": f"refresher:{path}", "by_day": "9", "choice": "A", "minutes": "7"},
        {},
    )


def test_everything_that_a_program_can_have_is_written_and_given(client, dana, priya, call):
    client.force_login(dana)
    page = html_of(client.get(NEW))
    assert f"Practice call: {call.title}" in page

    answer = client.post(NEW, written(*rows_with_everything(call), skills=["empathy"]), follow=True)

    version = Programme.objects.get().versions.get()
    path = path_of(call.module)
    assert version.content == {
        "title": "Nights",
        "summary": "For the night desk.",
        "days": 14,
        "minutes_per_week": 45,
        "skills": ["empathy"],
        "choices": [{"id": "A", "of": 1}],
        "steps": [
            {
                "id": "step-1",
                "kind": "module",
                "module": path,
                "by_day": 5,
                "why": "It comes first.",
                "milestone": "Begun",
            },
            {
                "id": "step-2",
                "kind": "scenario",
                "module": path,
                "activity": call.slug,
                "by_day": 9,
                "needs": ["step-1"],
                "choice": "A",
            },
            {
                "id": "step-3",
                "kind": "refresher",
                "module": path,
                "by_day": 9,
                "minutes": 7,
                "choice": "A",
            },
            {
                "id": "step-4",
                "kind": "session",
                "by_day": 14,
                "title": "Talk",
                "milestone": "Talked through",
            },
        ],
    }
    page = html_of(answer)
    assert "It can be given now." in page
    assert f"written by {dana.name}" in page
    given = give_programme(version, [priya.pk], by=dana, at=MONDAY)[0]
    client.force_login(priya)
    page = html_of(client.get(f"/programmes/{given.pk}/"))
    assert "Opens later" in page
    assert "1 of 2 to choose from" in page
    assert f"after “{call.module.title}”" in page
    assert "Milestone: Talked through" in page


@pytest.mark.parametrize(
    ("row", "fields", "sentence"),
    [
        ({"by_day": "3"}, {}, "Choose what one does, or empty this row."),
        ({"what": "session", "by_day": "3"}, {}, "Say what the session is about."),
        ({"what": "session", "title": "Talk"}, {}, "Say by which day."),
        ({"what": "session", "title": "Talk", "by_day": "15"}, {}, "later than the days in all"),
        (
            {"what": "session", "title": "Talk", "by_day": "3", "needs": "1"},
            {},
            "A step can only wait for earlier ones.",
        ),
        (
            {"what": "session", "title": "Talk", "by_day": "3", "needs": "the first"},
            {},
            "Write numbers of steps",
        ),
        (
            {"what": "session", "title": "Talk", "by_day": "3", "choice": "A"},
            {},
            "Then there is nothing to choose",
        ),
        ({"what": "module:nothing/here", "by_day": "3"}, {}, "Select a valid choice"),
        ({}, {}, "Write at least one step."),
        ({"what": "session", "title": "Talk", "by_day": "3"}, {"title": ""}, "required"),
        ({}, {"steps-TOTAL_FORMS": "41"}, "Please submit at most 40 forms."),
    ],
)
def test_what_cannot_be_used_is_said_beside_its_field_and_what_was_typed_stays(
    client, dana, row, fields, sentence
):
    client.force_login(dana)

    answer = client.post(NEW, written(row, **{"summary": "These words stay."} | fields))

    assert answer.status_code == 422
    page = html_of(answer)
    assert sentence in page
    assert "These words stay." in page
    assert not Programme.objects.exists()


def test_more_rows_keep_what_was_typed_and_judge_nothing(client, dana):
    client.force_login(dana)

    answer = client.post(NEW, written({"by_day": "3", "why": "Half written."}, more="1"))

    assert answer.status_code == 200
    page = html_of(answer)
    assert "Half written." in page
    assert "Step 4" in page
    assert "Not published yet" not in page


def test_a_change_is_another_version_and_keeps_the_ids_of_steps(client, dana, priya, call):
    raw = programme_raw(call.module, call, choices=[])
    version = write_programme(raw, by=dana, at=MONDAY)
    given = give_programme(version, [priya.pk], by=dana, at=MONDAY)[0]
    client.force_login(dana)
    path = f"{NEW}{version.programme.slug}/"
    page = client.get(path).context["writing"]
    sent = {
        name: "" if value is None else value
        for form in (page.form, *page.steps)
        for name, value in ((one.html_name, one.value()) for one in form)
    }
    sent |= {"steps-TOTAL_FORMS": len(page.steps.forms), "steps-INITIAL_FORMS": 4}

    answer = client.post(path, sent | {"title": "Three weeks", "days": "21"}, follow=True)

    assert "Version 2. Who has the program already keeps theirs." in html_of(answer)
    newest = parse_programme(version.programme.versions.latest("number").content)
    before = parse_programme(version.content)
    assert (newest.title, newest.days) == ("Three weeks", 21)
    assert [step.id for step in newest.steps] == [step.id for step in before.steps]
    assert [step.card for step in newest.steps] == [step.card for step in before.steps]
    given.refresh_from_db()
    assert given.version == version

    answer = client.post(path, sent | {"title": "From an old page"})
    assert answer.status_code == 422
    assert "Somebody changed it in the meantime." in html_of(answer)


def test_one_can_begin_with_what_another_says(client, dana, call):
    published(programme_raw(call.module, call))
    client.force_login(dana)

    page = html_of(client.get(f"{NEW}?from=two-weeks"))

    assert 'value="Two weeks"' in page
    assert client.get(f"{NEW}?from=nothing").status_code == 404


def test_only_the_writer_and_admins_change_it(client, dana, call):
    version = write_programme(programme_raw(call.module), by=dana, at=MONDAY)
    published(programme_raw(call.module))
    other_lead, agent = a_pair()
    admin = PersonFactory(roles=[Role.ADMIN])

    assert list(programmes_editable_by(dana)) == [version.programme]
    assert list(programmes_editable_by(admin)) == [version.programme]
    assert list(programmes_editable_by(other_lead)) == []
    assert list(programmes_editable_by(agent)) == []
    everybody = (dana, admin, other_lead, agent)
    assert [may_change(one, version.programme) for one in everybody] == [True, True, False, False]
    for viewer, status in ((other_lead, 404), (agent, 403), (admin, 200)):
        client.force_login(viewer)
        assert client.get(f"{NEW}{version.programme.slug}/").status_code == status
    client.force_login(dana)
    assert client.get(f"{NEW}two-weeks/").status_code == 404


def test_taken_off_the_list_it_is_not_given_again(client, dana, priya, call):
    version = write_programme(programme_raw(call.module), by=dana, at=MONDAY)
    given = give_programme(version, [priya.pk], by=dana, at=MONDAY)[0]
    client.force_login(dana)
    path = f"{NEW}{version.programme.slug}/archive/"
    assert "Who has it keeps it" in html_of(client.get(path))

    assert "Off the list." in html_of(client.post(path, follow=True))

    assert client.get(f"/team/programmes/give/{version.programme.slug}/").status_code == 404
    assert client.get(f"/programmes/{given.pk}/").status_code == 200
    archive_programme(version.programme, by=dana, at=MONDAY)
    verbs = AuditEvent.objects.order_by("pk").values_list("verb", flat=True)
    assert [one for one in verbs if "programme" in one] == [
        "wrote programme",
        "gave programme",
        "archived programme",
    ]


def test_the_same_words_again_are_no_new_version(dana, call):
    raw = programme_raw(call.module)
    version = write_programme(raw, by=dana, at=MONDAY)

    again = reword_programme(version.programme, raw, based_on=1, by=dana, at=MONDAY)

    assert again == version
    with pytest.raises(ProgrammeHasChanged):
        reword_programme(version.programme, raw, based_on=2, by=dana, at=MONDAY)
