"""What a lead asks of the list of their team."""

from typing import Any

from django import forms

from courses.learning_state import LearningState
from courses.queries.team import TeamFilter
from portal.people.models import Team, User
from portal.people.queries.scope import teams_overseen_by


class TeamFilterForm(forms.Form):
    """Words, team and state; what makes no sense is passed over, so that a list always comes."""

    q = forms.CharField(required=False, max_length=100)
    team = forms.ModelChoiceField(queryset=Team.objects.none(), required=False)
    state = forms.TypedChoiceField(
        required=False, choices=LearningState.choices, coerce=LearningState, empty_value=None
    )

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams_overseen_by(viewer)  # type: ignore[attr-defined]

    @property
    def wanted(self) -> TeamFilter:
        """The filter that was asked for, as far as it makes sense."""
        self.is_valid()
        cleaned = self.cleaned_data
        return TeamFilter(cleaned.get("q", ""), cleaned.get("team"), cleaned.get("state"))
