"""What an author says about a course, a module, and a new activity."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.content.skill_frame import SkillFrame
from courses.models import ActivityKind
from courses.models.course import SKILL_CHOICES
from portal.kit.fields import WordsField

_KINDS = [
    (ActivityKind.LESSON.value, _("Lesson: text, examples and something to try")),
    (ActivityKind.SCENARIO.value, _("Practice call: a patient who answers to what is said")),
    (ActivityKind.QUIZ.value, _("Quiz: questions with feedback on each answer")),
]


class CourseForm(forms.Form):
    """A course's words."""

    title = WordsField(label=_("Title"), max_length=120)
    summary = WordsField(
        label=_("Summary"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences. People read it in the library."),
    )
    skill = forms.ChoiceField(
        label=_("Skill"),
        choices=[*SKILL_CHOICES, ("", _("All five skills"))],
        required=False,
        help_text=_("What the course is about. It colors its pages."),
    )


class ModuleForm(forms.Form):
    """A module's words, and the behaviors of the frame that it teaches."""

    title = WordsField(label=_("Title"), max_length=120)
    objective = WordsField(
        label=_("Objective"),
        max_length=300,
        help_text=_("What people can do afterwards, in one line that begins with a verb."),
    )
    summary = WordsField(
        label=_("Summary"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )
    content_notice = WordsField(
        label=_("Content notice"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only where a story may be hard for some: say what it is about."),
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=600, initial=20)
    behaviours = forms.MultipleChoiceField(
        label=_("Behaviors it teaches"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one behavior.")},
    )

    def __init__(self, *args: Any, frame: SkillFrame, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["behaviours"].choices = behaviour_choices(frame)  # type: ignore[attr-defined]  # a choice field


class ActivityForm(forms.Form):
    """What kind of activity begins, and its name."""

    kind = forms.ChoiceField(
        label=_("What will it be?"),
        choices=_KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it will be.")},
    )
    title = WordsField(
        label=_("Title"), max_length=120, help_text=_("You can change it until you publish.")
    )


def behaviour_choices(frame: SkillFrame) -> list[tuple[str, str]]:
    """Return every behavior of the frame, to choose from."""
    return [
        (one.code, f"{one.code} · {one.title}")
        for skill in frame.skills
        for one in skill.behaviours
    ]
