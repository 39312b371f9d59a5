"""Where a preview of a scenario stands; all of it travels with the form."""

from typing import Any

from django import forms

from assessments.queries.preview import Start

_MOST_CHOICES = 200


class PreviewRunForm(forms.Form):
    """The start of a run and the choices made so far. What makes no sense is left out."""

    card = forms.SlugField(required=False)
    moment = forms.SlugField(required=False)
    trust = forms.IntegerField(required=False)
    distress = forms.IntegerField(required=False)
    understanding = forms.IntegerField(required=False)
    so_far = forms.CharField(required=False, max_length=20_000)
    choice = forms.SlugField(required=False, max_length=120)
    back = forms.BooleanField(required=False)

    @property
    def begun(self) -> Start:
        """From where it is played."""
        sent = self._sent
        return Start(
            card=sent.get("card") or "",
            moment=sent.get("moment") or "",
            trust=sent.get("trust"),
            distress=sent.get("distress"),
            understanding=sent.get("understanding"),
        )

    @property
    def made(self) -> list[str]:
        """The choices so far with the new one, or without the last one."""
        sent = self._sent
        made = [one for one in (sent.get("so_far") or "").split(" ") if one][:_MOST_CHOICES]
        if sent.get("back"):
            return made[:-1]
        return [*made, sent["choice"]] if sent.get("choice") else made

    @property
    def _sent(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data
