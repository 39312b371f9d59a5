"""Proposing a mentoring pair, and wording its goal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models.course import SKILL_CHOICES
from portal.kit.fields import WordsField
from portal.people.models import User
from portal.people.queries.scope import people_overseen_by

LONGEST_GOAL = 300


class GoalForm(forms.Form):
    """What the two want to reach, in a line."""

    goal = WordsField(
        label=_("Goal"),
        max_length=LONGEST_GOAL,
        help_text=_("One thing one can hear, such as: say back fact and feeling before acting."),
        error_messages={"required": _("Write the goal in a line.")},
    )


class PairForm(GoalForm):
    """Who could help whom, with which skill."""

    mentor = forms.ModelChoiceField(
        queryset=User.objects.none(), error_messages={"required": _("Choose who helps.")}
    )
    mentee = forms.ModelChoiceField(queryset=User.objects.none())
    skill = forms.ChoiceField(choices=SKILL_CHOICES)

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("mentor", "mentee"):
            self.fields[name].queryset = people_overseen_by(viewer)  # type: ignore[attr-defined]  # a choice field
