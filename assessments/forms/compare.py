"""Which two runs stand side by side."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from assessments.models import Attempt
from portal.kit.wording import moment

RUNS_OFFERED = 50


class CompareForm(forms.Form):
    """Two runs out of somebody's own; `names` gives the patients of the call by card."""

    first = forms.ChoiceField(label=_("One run"))
    second = forms.ChoiceField(label=_("The other run"))

    def __init__(
        self, *args: Any, runs: QuerySet[Attempt], names: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.runs = {str(run.pk): run for run in runs[:RUNS_OFFERED]}
        choices = [(pk, _words(run, names)) for pk, run in self.runs.items()]
        for name in ("first", "second"):
            self.fields[name].choices = choices

    def clean(self) -> dict[str, Any]:
        """Turn what was chosen into runs; two different ones."""
        chosen = super().clean() or {}
        if chosen.get("first") and chosen.get("first") == chosen.get("second"):
            self.add_error("second", _("Choose two different runs."))
        return {name: self.runs[pk] for name, pk in chosen.items()}


def _words(run: Attempt, names: dict[str, str]) -> str:
    assert run.finished_at is not None
    which = f"{run.get_mode_display()} {run.number}"
    parts = (which, names.get(run.card, run.card), moment(run.finished_at))
    return " · ".join(map(str, parts))
