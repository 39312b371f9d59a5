"""What a lead asks of the list of their team."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.learning_state import LearningState
from courses.queries.team import TeamFilter
from portal.people.models import Team, User
from portal.people.queries.scope import teams_overseen_by

_ANY = ("", _("Any"))


class TeamFilterForm(forms.Form):
    """Words, team and state; what makes no sense is passed over, so a list always comes."""

    q = forms.CharField(label=_("Name or e-mail"), required=False, max_length=100)
    team = forms.ModelChoiceField(
        label=_("Team"), queryset=Team.objects.none(), required=False, empty_label=_("All my teams")
    )
    state = forms.ChoiceField(
        label=_("Has something that is"), required=False, choices=[_ANY, *LearningState.choices]
    )

    def __init__(self, *args: Any, viewer: User, teams: list[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["team"]
        field.queryset = teams_overseen_by(viewer)  # type: ignore[attr-defined]
        field.widget.choices = [  # type: ignore[attr-defined]
            ("", field.empty_label),  # type: ignore[attr-defined]
            *((team.pk, team.name) for team in teams),
        ]

    @property
    def wanted(self) -> TeamFilter:
        """The filter that was asked for, as far as it makes sense."""
        self.is_valid()
        cleaned = self.cleaned_data
        state = cleaned.get("state")
        return TeamFilter(
            text=cleaned.get("q", ""),
            team=cleaned.get("team"),
            state=LearningState(state) if state else None,
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was asked for."""
        return self.wanted != TeamFilter()
