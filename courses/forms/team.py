"""What a lead asks of the list of their team."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from courses.learning_state import LearningState
from courses.queries.team import TeamFilter
from portal.people.models import Team, User
from portal.people.models.user import LONGEST_TAG
from portal.people.queries.scope import teams_overseen_by


def wanted_in(query: QueryDict, viewer: User) -> TeamFilter:
    """Return what the query of an address asks for; mostly nothing, which needs no form."""
    return _TeamFilterForm(query, viewer=viewer).wanted if query else TeamFilter()


class SaveViewForm(forms.Form):
    """The name under which a filter is kept, with the filter itself."""

    name = forms.CharField(max_length=60)

    @property
    def query(self) -> str:
        """All that was sent, as the end of an address."""
        asked = {name: self.data.get(name, "") for name in ("q", "team", "state", "tag", "name")}
        return urlencode({name: value for name, value in asked.items() if value})


class _TeamFilterForm(forms.Form):
    """What makes no sense is passed over, so that a list always comes."""

    q = forms.CharField(required=False, max_length=100)
    team = forms.ModelChoiceField(queryset=Team.objects.none(), required=False)
    state = forms.TypedChoiceField(
        required=False, choices=LearningState.choices, coerce=LearningState, empty_value=None
    )
    tag = forms.CharField(required=False, max_length=LONGEST_TAG)

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams_overseen_by(viewer)  # type: ignore[attr-defined]  # a model field

    @property
    def wanted(self) -> TeamFilter:
        """The filter that was asked for, as far as it makes sense."""
        self.is_valid()
        cleaned = self.cleaned_data
        return TeamFilter(
            text=cleaned.get("q", ""),
            team=cleaned.get("team"),
            state=cleaned.get("state"),
            tag=cleaned.get("tag", "").lower(),
        )
