"""A panel: raters are blind to one another, its key goes into the draft, learners notice later."""

from datetime import timedelta
from functools import partial

import pytest
from django.test import Client

from courses.actions.paneling import (
    NoKey,
    PanelClosed,
    close_panel,
    open_panel,
    rate_options,
    use_panel,
)
from courses.content.quiz_items import KeySource
from courses.models import Activity, KeyPanel, PanelSeat
from courses.queries.content import quiz_of
from courses.queries.panels import judged_items, panel_page, panels_visible_to, result_of
from portal.audit.models import AuditEvent
from portal.kit.clock import now
from portal.notifications.actions.delivery import deliver_due_emails
from portal.notifications.models import OutgoingEmail
from portal.people.models import User
from portal.people.permissions import Role
from tests.factories.courses import QuizFactory
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory
from tests.factories.quizzes import every_type_raw
from tests.support.reading import html_of
from tests.support.together import all_at_once

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(days=1)
JUDGED = ("best-worst", "rank-all", "rate-each")
SEEN = {"A": 2, "B": 5, "C": 3}


@pytest.fixture
def mei() -> User:
    return PersonFactory(name="Mei Tanaka", author=True)


@pytest.fixture
def quiz() -> Activity:
    return QuizFactory(published=every_type_raw())


def raters(count: int = 10) -> list[User]:
    return [PersonFactory(lead=True) for _ in range(count)]


def opened(quiz: Activity, by: User, *people: User, item: str = "rate-each") -> KeyPanel:
    return open_panel(quiz.live_revision, item, raters=people, by=by, at=MONDAY)


def rated(quiz: Activity, by: User, item: str = "rate-each", **by_option: list[int]) -> KeyPanel:
    """Return a closed panel; each option has a list of ratings, one of each rater."""
    people = raters(len(next(iter(by_option.values()))))
    panel = opened(quiz, by, *people, item=item)
    for number, person in enumerate(people):
        given = {one: ratings[number] for one, ratings in by_option.items()}
        rate_options(panel.pk, given, by=person, at=MONDAY)
    return close_panel(panel.pk, by=by, at=LATER)


AGREED = {"A": [2] * 10, "B": [5] * 9 + [4], "C": [3] * 10}


def test_all_situations_can_be_rated_and_are_provisional_until_then(quiz) -> None:
    found = judged_items(quiz)
    assert [one.item.id for one in found] == list(JUDGED)
    assert not any(one.is_keyed_by_panel for one in found)
    with pytest.raises(LookupError):
        open_panel(quiz.live_revision, "single-choice", raters=[], by=PersonFactory(), at=MONDAY)


def test_nobody_sees_ratings_before_the_panel_is_closed(quiz, mei) -> None:
    dana, other = raters(2)
    panel = opened(quiz, mei, dana, other)
    rate_options(panel.pk, SEEN, by=other, at=MONDAY)
    for viewer in (dana, other, mei):
        page = panel_page(panels_visible_to(viewer).get(pk=panel.pk), viewer)
        assert (page.result, page.lines, page.rated, page.invited) == (None, (), 1, 2)
    close_panel(panel.pk, by=mei, at=LATER)
    page = panel_page(panels_visible_to(dana).get(pk=panel.pk), dana)
    assert [(line.option.id, line.rated.mean) for line in page.lines] == [
        ("B", 5),
        ("C", 3),
        ("A", 2),
    ]
    assert not panels_visible_to(PersonFactory(lead=True)).exists()


def test_ratings_may_change_until_it_closes_and_then_stand(quiz, mei) -> None:
    [dana] = raters(1)
    panel = opened(quiz, mei, dana)
    rate_options(panel.pk, SEEN, by=dana, at=MONDAY)
    rate_options(panel.pk, SEEN | {"A": 1}, by=dana, at=MONDAY)
    close_panel(panel.pk, by=mei, at=LATER)
    with pytest.raises(PanelClosed):
        rate_options(panel.pk, SEEN, by=dana, at=LATER)
    assert PanelSeat.objects.get().ratings == SEEN | {"A": 1}


@pytest.mark.parametrize("wrong", [{"A": 1}, SEEN | {"D": 1}, SEEN | {"A": 6}, SEEN | {"A": 0}])
def test_every_option_is_rated_on_the_scale_by_who_was_invited(quiz, mei, wrong) -> None:
    [dana] = raters(1)
    panel = opened(quiz, mei, dana)
    with pytest.raises(ValueError):
        rate_options(panel.pk, wrong, by=dana, at=MONDAY)
    with pytest.raises(PanelSeat.DoesNotExist):
        rate_options(panel.pk, SEEN, by=mei, at=MONDAY)


def test_inviting_again_adds_people_to_the_panel_that_is_open(quiz, mei) -> None:
    dana, other = raters(2)
    panel = opened(quiz, mei, dana)
    rate_options(panel.pk, SEEN, by=dana, at=MONDAY)
    assert opened(quiz, mei, dana, other) == panel
    assert list(panel.seats.values_list("rater", "ratings")) == [(dana.pk, SEEN), (other.pk, None)]
    assert OutgoingEmail.objects.filter(kind="panel_invited").count() == 2
    verbs = AuditEvent.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs)[-2:] == ["opened panel", "invited to panel"]


@pytest.mark.parametrize("item", JUDGED)
def test_the_key_goes_into_the_draft_and_learners_notice_nothing_yet(quiz, mei, item) -> None:
    panel = rated(quiz, mei, item, **AGREED)
    before = quiz.live_revision.content
    activity = use_panel(panel.pk, by=mei, at=LATER)
    [changed] = [one for one in activity.draft["items"] if one["id"] == item]
    options = {one["id"]: one for one in changed["options"]}
    assert changed["keyed_by"] == KeySource.PANEL
    assert (options["B"]["rating"], options["B"]["spread"], options["B"]["raters"]) == (
        4.9,
        0.32,
        10,
    )
    quiz.refresh_from_db()
    assert quiz.live_revision.content == before
    assert quiz_of(quiz.live_revision).item(item).keyed_by is KeySource.AUTHOR


def test_a_panel_that_is_open_too_small_or_at_odds_gives_no_key(quiz, mei) -> None:
    panel = opened(quiz, mei, *raters(1))
    with pytest.raises(PanelClosed):
        use_panel(panel.pk, by=mei, at=MONDAY)
    few = close_panel(panel.pk, by=mei, at=MONDAY)
    at_odds = rated(quiz, mei, "rank-all", A=[1, 5] * 5, B=[5] * 10, C=[3] * 10)
    for one in (few, at_odds):
        with pytest.raises(NoKey):
            use_panel(one.pk, by=mei, at=LATER)
    quiz.refresh_from_db()
    assert not quiz.has_draft


def test_the_draft_that_is_there_goes_on(quiz, mei) -> None:
    first = use_panel(rated(quiz, mei, "rate-each", **AGREED).pk, by=mei, at=LATER)
    second = use_panel(rated(quiz, mei, "rank-all", **AGREED).pk, by=mei, at=LATER)
    assert first.pk == second.pk
    keyed = [one["id"] for one in second.draft["items"] if one.get("keyed_by") == "panel"]
    assert keyed == ["rank-all", "rate-each"]


@pytest.mark.django_db(transaction=True)
def test_raters_at_one_moment_all_count() -> None:
    quiz, mei = QuizFactory(published=every_type_raw()), PersonFactory(author=True)
    people = raters(4)
    panel = opened(quiz, mei, *people)
    all_at_once([partial(rate_options, panel.pk, SEEN, by=one, at=MONDAY) for one in people])
    assert result_of(panel).raters == 4


def test_authors_invite_on_the_page_and_unknown_addresses_are_named(
    client: Client, quiz, mei
) -> None:
    dana, agent = PersonFactory(lead=True), PersonFactory()
    client.force_login(mei)
    path = f"/content/activities/{quiz.pk}/panels/"
    assert html_of(client.get(path)).count("provisional") >= 3
    response = client.post(f"{path}rate-each/", {"raters": f"{dana.email}\n{agent.email}"})
    assert response.status_code == 422
    assert f"No lead or author has this address: {agent.email}" in html_of(response)
    assert client.get(f"{path}single-choice/").status_code == 404
    html = html_of(client.post(f"{path}rate-each/", {"raters": dana.email}, follow=True))
    assert "0 of 1 invited people have rated; it takes 10." in html
    assert "0 of 1 have rated" in html_of(client.get(path))


def test_a_rater_rates_and_sees_neither_key_nor_others(
    client: Client, quiz, mei, mail_server
) -> None:
    dana = PersonFactory(lead=True)
    panel = opened(quiz, mei, dana)
    OutgoingEmail.objects.update(due_at=now())
    deliver_due_emails(clock=now)
    [message] = mail_server.messages
    assert f"/panels/{panel.pk}/" in message.get_body(("plain",)).get_content()

    client.force_login(dana)
    path = f"/panels/{panel.pk}/"
    html = html_of(client.get(path))
    assert "CANARY" not in html
    assert "have rated" not in html
    sent = {f"rating-{one}": str(rating) for one, rating in SEEN.items()}
    response = client.post(path, sent | {"rating-A": ""})
    assert (response.status_code, "field-error" in html_of(response)) == (422, True)
    assert 'name="rating-B" value="5" checked' in html_of(response)
    assert "Kept. You can change it" in html_of(client.post(path, sent, follow=True))
    assert 'name="rating-B" value="5" checked' in html_of(client.get(path))
    assert client.post(f"{path}close/").status_code == 403
    client.force_login(PersonFactory(lead=True))
    assert client.get(path).status_code == 404
    assert client.post(path, sent).status_code == 404


def test_an_author_closes_it_and_puts_the_key_into_the_draft(client: Client, quiz, mei) -> None:
    panel = rated(quiz, mei, **AGREED)
    client.force_login(mei)
    html = html_of(client.get(f"/panels/{panel.pk}/"))
    assert "4.90" in html
    assert "Put this key into the draft" in html
    response = client.post(f"/panels/{panel.pk}/use/")
    assert response["Location"] == f"/content/activities/{quiz.pk}/draft/"
    few = opened(quiz, mei, *raters(2), item="rank-all")
    html = html_of(client.post(f"/panels/{few.pk}/close/", follow=True))
    assert "Fewer than 10 people rated" in html
    assert "gives no key" in html_of(client.post(f"/panels/{few.pk}/use/", follow=True))


@pytest.mark.parametrize("count", [1, 50])
def test_a_page_costs_the_same_for_any_number_of_raters(
    client: Client, quiz, mei, count: int, django_assert_num_queries
) -> None:
    panel = opened(quiz, mei, *raters(count))
    client.force_login(mei)
    client.get(f"/panels/{panel.pk}/")
    with django_assert_num_queries(3):
        client.get(f"/panels/{panel.pk}/")


def test_who_is_no_lead_any_more_reads_no_key(client: Client, quiz, mei) -> None:
    [dana] = raters(1)
    panel = close_panel(opened(quiz, mei, dana).pk, by=mei, at=MONDAY)
    client.force_login(dana)
    assert client.get(f"/panels/{panel.pk}/").status_code == 200
    dana.roles = [Role.AGENT]
    dana.save(update_fields=["roles"])
    assert client.get(f"/panels/{panel.pk}/").status_code == 404
    assert client.post(f"/panels/{panel.pk}/", {}).status_code == 404
