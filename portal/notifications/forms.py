"""Forms of the outbox and of a person's mail preferences."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.notifications.kinds import optional_kinds
from portal.notifications.models import EmailState
from portal.notifications.queries.outbox import LAST_PAGE


class OutboxFilter(forms.Form):
    """Which mails to list; what makes no sense is left out rather than refused."""

    state = forms.ChoiceField(required=False, choices=EmailState.choices)
    address = forms.CharField(required=False, label=_("Address begins with"), max_length=254)
    page = forms.IntegerField(required=False, min_value=1, max_value=LAST_PAGE)

    @property
    def wanted(self) -> dict[str, Any]:
        """The arguments for the query."""
        self.is_valid()
        return {
            "state": self.cleaned_data.get("state") or "",
            "address": self.cleaned_data.get("address") or "",
            "number": self.cleaned_data.get("page") or 1,
        }


class MailPreferences(forms.Form):
    """The optional mails that a person wants; names that mean nothing are no choice."""

    wanted = forms.MultipleChoiceField(
        required=False, choices=lambda: [(kind.name, kind.label) for kind in optional_kinds()]
    )
