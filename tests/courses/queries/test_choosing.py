"""What a lead chooses from when assigning."""

from collections.abc import Callable

import pytest

from courses.models import Activity, Module
from courses.queries.by_name import Person
from courses.queries.choosing import (
    AudienceChoices,
    LearningChoice,
    LearningChoices,
    assignable_courses,
    assignable_modules,
    audience_choices,
    find_what,
    learning_choices,
    value_of,
)
from portal.people.models import Team, User
from tests.factories.courses import ActivityFactory, LessonFactory, ModuleFactory
from tests.factories.moments import MONDAY
from tests.factories.people import MembershipFactory, PersonFactory, TeamFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def blue() -> Team:
    return TeamFactory(name="Scheduling Blue")


@pytest.fixture
def dana(blue: Team) -> User:
    lead = PersonFactory(lead=True)
    MembershipFactory(user=lead, team=blue, is_lead=True)
    return lead


def lesson_in(title: str, **fields: object) -> Activity:
    return LessonFactory(module=ModuleFactory(title=title, **fields))


def as_choice(module: Module) -> LearningChoice:
    return LearningChoice(f"module-{module.pk}", module.title, "listening", 15)


def member(team: Team, name: str) -> User:
    person = PersonFactory(name=name)
    MembershipFactory(user=person, team=team)
    return person


def listed(person: User) -> Person:
    return Person(person.pk, person.name, person.time_zone)


def test_only_modules_with_something_to_do_can_be_assigned() -> None:
    good = lesson_in("Good").module
    lesson_in("Archived", archived_at=MONDAY)
    lesson_in("Of an archived course", course__archived_at=MONDAY)
    ModuleFactory(title="Empty")
    ActivityFactory(module=ModuleFactory(title="Not published"))
    assert list(assignable_modules()) == [good]


def test_modules_are_found_by_their_title_or_their_courses_and_the_chosen_one_stays() -> None:
    plain = lesson_in("Plain words", course__title="Talking").module
    hard = lesson_in("Hard words", course__title="Listening").module
    chosen = lesson_in("Chosen").module
    choose = value_of(chosen)
    plain, hard, chosen = (as_choice(one) for one in (plain, hard, chosen))
    found = [learning_choices(text, chosen=choose) for text in ("words", "listen word")]
    assert found == [
        LearningChoices(chosen, (plain, hard), False),
        LearningChoices(chosen, (hard,), False),
    ]
    assert learning_choices("nothing", chosen="x") == LearningChoices(None, (), False)


def test_of_many_modules_the_first_are_shown() -> None:
    modules = [lesson_in(f"Module {number}").module for number in range(7)]
    first = tuple(as_choice(one) for one in modules[:6])
    assert learning_choices("", chosen="") == LearningChoices(None, first, True)


def test_a_course_of_several_modules_can_be_assigned_whole() -> None:
    lesson = lesson_in("One", course__title="Listening")
    two = LessonFactory(module=ModuleFactory(course=lesson.module.course, title="Two")).module
    ModuleFactory(course=lesson.module.course, title="Empty")
    course = assignable_courses().get()
    found = learning_choices("listening", chosen=value_of(course))
    assert found.chosen == LearningChoice(f"course-{course.pk}", "Listening", "listening", 30, 2)
    assert found.found == (as_choice(lesson.module), as_choice(two))
    whole = [find_what(value) for value in (value_of(course), "course-0", "course-x", "x-1")]
    assert whole == [course, None, None, None]


def test_teams_and_people_are_found_by_name_and_the_chosen_ones_stay(
    blue: Team, dana: User
) -> None:
    ada, blum, cy = member(blue, "Ada"), member(blue, "Mr. Blum"), member(blue, "Cy")
    member(TeamFactory(name="Other Blue"), "Blubber")
    found = audience_choices("blu", viewer=dana, chosen_people=[str(ada.pk)], chosen_teams=[])
    assert found == AudienceChoices((), (ada,), (blue,), (listed(blum),), False)
    found = audience_choices("cy", viewer=dana, chosen_people=[], chosen_teams=[str(blue.pk)])
    assert found == AudienceChoices((blue,), (), (), (listed(cy),), False)


def test_people_and_teams_of_others_are_passed_over_as_if_nobody_had_them(dana: User) -> None:
    other = TeamFactory()
    stranger = member(other, "Stranger")
    chosen = {"chosen_people": [str(stranger.pk), "x", "-1"], "chosen_teams": [str(other.pk)]}
    found = audience_choices("stranger", viewer=dana, **chosen)
    assert found == AudienceChoices((), (), (), (), False)


@pytest.mark.parametrize("people", [1, 50])
def test_choosing_costs_the_same_queries_for_any_number_of_people(
    people: int, blue: Team, dana: User, django_assert_num_queries: Callable[..., object]
) -> None:
    chosen = [str(member(blue, f"Agent {number}").pk) for number in range(people)]
    member(blue, "Somebody else")
    list(dana.led_paths)
    with django_assert_num_queries(3):
        audience_choices("", viewer=dana, chosen_people=chosen, chosen_teams=[])
