"""Calibration rounds: blind until all is shown, kept as rated, and agreed on by talking."""

from datetime import timedelta

import pytest

from portal.audit.models import AuditEvent
from portal.coaching.actions.calibrating import (
    Agreed,
    RoundClosed,
    TooFewRatings,
    agree_on,
    show_ratings,
)
from portal.coaching.actions.observing import NothingObserved
from portal.coaching.models import AgreedExample, CalibrationMark, CalibrationRound
from portal.coaching.queries.calibration import (
    agreed_examples,
    is_calibrated,
    round_page,
    rounds_visible_to,
)
from portal.kit.errors import NotAllowed
from portal.notifications.actions.delivery import deliver_due_emails
from portal.notifications.models import OutgoingEmail
from portal.people.models import User
from tests.factories.coaching import a_round, rated
from tests.factories.moments import MONDAY
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def dana() -> User:
    return PersonFactory(lead=True, name="Dana Whitfield")


@pytest.fixture
def sam() -> User:
    return PersonFactory(lead=True, name="Sam Ortiz")


@pytest.fixture
def opened(dana: User, sam: User) -> CalibrationRound:
    return a_round(dana, sam)


def shown_marks(found: CalibrationRound, viewer: User) -> list[list[int | None]]:
    """Return the ratings on the page of somebody, by behavior and rater."""
    page = round_page(CalibrationRound.objects.get(pk=found.pk), viewer)
    return [[mark and mark.rating for mark in row.marks] for row in page.rows]


def test_nobody_sees_anothers_ratings_before_all_are_shown(dana, sam, opened):
    rated(opened, sam, AL1=2, AL2=4)
    assert shown_marks(opened, dana) == [[None]] * 4
    assert shown_marks(opened, sam) == [[2], [4], [None], [None]]
    rated(opened, dana, AL1=4, AL2=None)
    show_ratings(opened.pk, by=dana, at=MONDAY)
    assert shown_marks(opened, sam) == [[4, 2], [None, 4], [None, None], [None, None]]
    assert round_page(opened, dana).alpha is None  # only one behavior has two ratings, as loaded


def test_a_rating_is_kept_as_it_was(sam, opened):
    rated(opened, sam, AL1=2)
    with pytest.raises(RoundClosed):
        rated(opened, sam, AL1=5)
    assert CalibrationMark.objects.get().rating == 2


def test_nothing_rated_is_no_rating(sam, opened):
    with pytest.raises(NothingObserved):
        rated(opened, sam, AL1=None)


def test_who_does_not_rate_in_it_finds_no_round(opened):
    other = PersonFactory(lead=True)
    with pytest.raises(CalibrationRound.DoesNotExist):
        rated(opened, other, AL1=2)
    with pytest.raises(CalibrationRound.DoesNotExist):
        show_ratings(opened.pk, by=other, at=MONDAY)
    assert not rounds_visible_to(other).exists()
    assert not rounds_visible_to(PersonFactory(admin=True)).exists()


def test_only_the_host_shows_and_agrees_and_only_with_two_ratings(dana, sam, opened):
    rated(opened, sam, AL1=2)
    with pytest.raises(NotAllowed):
        show_ratings(opened.pk, by=sam, at=MONDAY)
    with pytest.raises(TooFewRatings):
        show_ratings(opened.pk, by=dana, at=MONDAY)
    rated(opened, dana, AL1=4)
    with pytest.raises(RoundClosed):
        agree_on(opened.pk, {"AL1": Agreed(3, "Again.")}, by=dana, at=MONDAY)
    show_ratings(opened.pk, by=dana, at=MONDAY)
    with pytest.raises(NotAllowed):
        agree_on(opened.pk, {"AL1": Agreed(3, "Again.")}, by=sam, at=MONDAY)
    agree_on(opened.pk, {"AL1": Agreed(3, "Again.")}, by=dana, at=MONDAY)
    page = round_page(CalibrationRound.objects.get(pk=opened.pk), sam)
    assert [(one.name, one.leniency_words) for one in page.raters] == [
        ("Dana Whitfield", "+1.0"),
        ("Sam Ortiz", "−1.0"),
    ]


def test_after_all_are_shown_nobody_rates(dana, sam, opened):
    third = PersonFactory(lead=True)
    other = a_round(dana, sam, third)
    for rater in (dana, sam):
        rated(other, rater, AL1=3)
    show_ratings(other.pk, by=dana, at=MONDAY)
    with pytest.raises(RoundClosed):
        rated(other, third, AL1=3)


def test_what_was_agreed_can_change_and_each_time_is_on_record(dana, sam, opened):
    for rater in (dana, sam):
        rated(opened, rater, AL1=3, AL2=3)
    show_ratings(opened.pk, by=dana, at=MONDAY)
    first = {"AL1": Agreed(3, "Again."), "AL2": Agreed(2, "Yes.")}
    agree_on(opened.pk, first, by=dana, at=MONDAY)
    agree_on(opened.pk, {"AL1": Agreed(4, "Twice now.")}, by=dana, at=MONDAY)
    assert list(AgreedExample.objects.values_list("behaviour", "rating", "words")) == [
        ("AL1", 4, "Twice now.")
    ]
    events = AuditEvent.objects.filter(verb="agreed").order_by("pk")
    assert [one.details["ratings"] for one in events] == [{"AL1": 3, "AL2": 2}, {"AL1": 4}]
    assert {code: len(kept) for code, kept in agreed_examples(["AL1", "AL2"]).items()} == {"AL1": 1}


def agreed_round(dana: User, sam: User, ratings: list[int], agreed: list[int]) -> None:
    """Let Sam rate the four behaviors of a round, and agree on something."""
    codes = ["AL1", "AL2", "AL3", "AL4"]
    found = a_round(dana, sam)
    rated(found, sam, **dict(zip(codes, ratings, strict=True)))
    rated(found, dana, AL1=3)
    show_ratings(found.pk, by=dana, at=MONDAY)
    examples = {c: Agreed(one, "Again.") for c, one in zip(codes, agreed, strict=True)}
    agree_on(found.pk, examples, by=dana, at=MONDAY)


def test_a_lead_who_agrees_over_enough_ratings_counts_in_full_for_half_a_year(dana, sam):
    for _ in range(2):
        agreed_round(dana, sam, [1, 3, 4, 5], [1, 3, 4, 5])
    assert not is_calibrated(sam, now=MONDAY)  # eight ratings say too little
    agreed_round(dana, sam, [2, 3, 4, 5], [1, 3, 4, 5])
    assert is_calibrated(sam, now=MONDAY + 183 * DAY)
    assert not is_calibrated(sam, now=MONDAY + 184 * DAY)


def test_a_lead_who_sees_things_differently_counts_half(dana, sam):
    for _ in range(3):
        agreed_round(dana, sam, [5, 1, 5, 1], [1, 5, 1, 5])
    assert not is_calibrated(sam, now=MONDAY)


def test_the_raters_are_invited_once_and_the_host_knows_already(dana, sam, opened, mail_server):
    assert [one.recipient for one in OutgoingEmail.objects.all()] == [sam]
    deliver_due_emails(clock=lambda: MONDAY)
    (mail,) = mail_server.messages
    assert mail["Subject"] == "Rate “The lost referral” with us"


def test_who_rated_meanwhile_gets_no_invitation(dana, sam, opened, mail_server):
    rated(opened, sam, AL1=2)
    deliver_due_emails(clock=lambda: MONDAY)
    assert mail_server.messages == []


def test_each_behavior_shows_its_own_latest_examples_however_many_others_have(dana, sam):
    agreed_round(dana, sam, [1, 3, 4, 5], [1, 3, 4, 5])
    for number in range(12):
        found = a_round(dana, sam)
        for rater in (dana, sam):
            rated(found, rater, AL2=3)
        show_ratings(found.pk, by=dana, at=MONDAY)
        later = MONDAY + number * DAY
        agree_on(found.pk, {c: Agreed(3, f"{number}") for c in ("AL2", "AL3")}, by=dana, at=later)
    kept = agreed_examples(["AL1", "AL2", "AL3"])
    assert {code: [one.words for one in some] for code, some in kept.items()} == {
        "AL1": ["Again."],
        "AL2": ["11", "10"],
        "AL3": ["11", "10"],
    }
