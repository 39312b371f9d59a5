"""What narrows the team at a glance."""

from typing import Any

from django import forms
from django.http import QueryDict

from assessments.queries.team_skills import SkillsFilter
from assessments.skill_estimate import Word
from courses.content.skills import Skill
from courses.models.course import SKILL_CHOICES
from portal.people.models import Team, User
from portal.people.queries.scope import teams_overseen_by


def wanted_in(query: QueryDict, viewer: User) -> SkillsFilter:
    """Return what the query of an address asks for; mostly nothing, which needs no form."""
    return _TeamSkillsForm(query, viewer=viewer).wanted if query else SkillsFilter()


class _TeamSkillsForm(forms.Form):
    """A name, a team, one word about one skill, and the order; nonsense is passed over."""

    q = forms.CharField(required=False, max_length=100)
    team = forms.ModelChoiceField(queryset=Team.objects.none(), required=False)
    skill = forms.TypedChoiceField(
        required=False, choices=SKILL_CHOICES, coerce=Skill, empty_value=None
    )
    word = forms.TypedChoiceField(
        required=False, choices=[(word, word) for word in Word], coerce=Word, empty_value=None
    )
    order = forms.ChoiceField(required=False, choices=[("quiet", "quiet")])

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams_overseen_by(viewer)  # type: ignore[attr-defined]  # a model field

    @property
    def wanted(self) -> SkillsFilter:
        """The filter that was asked for, as far as it makes sense."""
        self.is_valid()
        cleaned = self.cleaned_data
        return SkillsFilter(
            text=cleaned.get("q", ""),
            team=cleaned.get("team"),
            skill=cleaned.get("skill"),
            word=cleaned.get("word"),
            is_quiet_first=cleaned.get("order") == "quiet",
        )
