"""Short things people type around a session: wishes, topics, answers, notes and actions."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.coaching.models import FeedbackSession, InvitationAnswer
from portal.kit.fields import WordsField
from portal.kit.wording import moment
from portal.people.models import User
from portal.people.queries.scope import leads_of

LONGEST_LINE, LONGEST_NOTE = 300, 8000


class AskForm(forms.Form):
    """An agent's wish to talk: with whom, and about what."""

    lead = forms.ModelChoiceField(
        label=_("With"),
        queryset=User.objects.none(),
        empty_label=None,
        error_messages={
            "required": _("Choose whom you want to talk to."),
            "invalid_choice": _("Choose a person from the list."),
        },
    )
    topic = WordsField(
        label=_("What would you like to talk about?"),
        max_length=LONGEST_LINE,
        help_text=_("One line is enough. Leave out anything that could name a real patient."),
        error_messages={"required": _("Write a line, so that your lead can prepare.")},
    )

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = leads_of(viewer)  # type: ignore[attr-defined]  # a choice field


class TopicForm(forms.Form):
    """Something to put on the agenda."""

    words = WordsField(
        label=_("Add something to talk about"),
        max_length=LONGEST_LINE,
        error_messages={"required": _("Write a line first.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="topic_%s", **kwargs)  # it shares a page with others


class AnswerForm(forms.Form):
    """What the agent says to an invitation."""

    answer = forms.ChoiceField(
        choices=[one for one in InvitationAnswer.choices if one[0] != InvitationAnswer.OPEN]
    )
    words = WordsField(required=False, max_length=LONGEST_LINE)

    def clean(self) -> dict[str, Any]:
        """Ask for the other time where one is suggested."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        asks = cleaned.get("answer") == InvitationAnswer.ANOTHER_TIME
        if asks and not cleaned.get("words"):
            missing = forms.ValidationError(_("Write which time would suit you."), code="time")
            self.add_error("words", missing)
        return cleaned


class ReplyForm(AnswerForm):
    """The same, from a mail: for another time, one of those that suit both, or words."""

    slot = forms.ChoiceField(
        label=_("A time that suits you both"), widget=forms.RadioSelect, required=False
    )

    def __init__(self, *args: Any, slots: Iterable[datetime], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("A word with it")
        self.fields["slot"].choices = [  # type: ignore[attr-defined]  # a choice field
            (slot.isoformat(), moment(timezone.localtime(slot))) for slot in slots
        ]

    def clean(self) -> dict[str, Any]:
        """Take a time in place of words."""
        cleaned = super().clean()
        if cleaned.get("slot") and self.has_error("words", "time"):
            del self._errors["words"]
            cleaned["words"] = ""
        return cleaned

    @property
    def proposed_at(self) -> datetime | None:
        """The time that was asked for instead, in UTC, if one was chosen."""
        slot = self.cleaned_data.get("slot")
        asks = self.cleaned_data["answer"] == InvitationAnswer.ANOTHER_TIME
        return datetime.fromisoformat(slot).astimezone(UTC) if slot and asks else None


class ReleaseForm(forms.Form):
    """Why something is left out of the answer to a request for notes."""

    words = WordsField(
        label=_("If you leave something out, say why"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The person who asked reads this."),
    )


class HandOverForm(forms.Form):
    """Which other lead takes a session."""

    lead = forms.ModelChoiceField(
        label=_("Who takes it"),
        queryset=User.objects.none(),
        empty_label=None,
        error_messages={
            "required": _("Choose who takes the session."),
            "invalid_choice": _("Choose a person from the list."),
        },
    )

    def __init__(self, *args: Any, session: FeedbackSession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leads = leads_of(session.agent).exclude(pk=session.lead_id)
        self.fields["lead"].queryset = leads  # type: ignore[attr-defined]  # a choice field


class CancelForm(forms.Form):
    """Why a session is called off."""

    words = WordsField(
        label=_("Say why, in a line"),
        required=False,
        max_length=LONGEST_LINE,
        help_text=_("It goes into the mail to the other one."),
    )


class NoteForm(forms.Form):
    """A longer text; `version` is which saving of it was opened."""

    text = WordsField(required=False, max_length=LONGEST_NOTE)
    version = forms.IntegerField(required=False, min_value=0)


class ActionForm(forms.Form):
    """What one of the two will do, and until when."""

    words = WordsField(
        label=_("What was agreed"),
        max_length=LONGEST_LINE,
        error_messages={"required": _("Write what was agreed.")},
    )
    owner = forms.ChoiceField(label=_("Who does it"))
    due_on = forms.DateField(
        label=_("By"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose a day."),
            "invalid": _("Write the date as in 2026-12-04."),
        },
    )

    def __init__(
        self, *args: Any, session: FeedbackSession, viewer: User, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, auto_id="action_%s", **kwargs)  # it shares a page with others
        self.today = today
        self.people = {str(one.pk): one for one in (session.agent, session.lead)}
        names = [(pk, one.first_name) for pk, one in self.people.items()]
        self.fields["owner"].choices = names  # type: ignore[attr-defined]  # a choice field
        self.fields["due_on"].widget.attrs["min"] = today.isoformat()

    def clean_owner(self) -> User:
        """Return which of the two is meant."""
        return self.people[self.cleaned_data["owner"]]

    def clean_due_on(self) -> date:
        """Take today and later."""
        day: date = self.cleaned_data["due_on"]
        if day < self.today:
            raise forms.ValidationError(_("That day is over. Choose today or a later day."))
        return day


class AcknowledgeForm(forms.Form):
    """What the agent says to the summary, and what the time was worth to them."""

    words = WordsField(
        label=_("Anything to add or to see differently?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )
    usefulness = forms.TypedChoiceField(
        label=_("How useful was this session for you?"),
        choices=[
            (5, _("Very useful")),
            (4, _("Useful")),
            (3, _("Somewhat useful")),
            (2, _("Hardly useful")),
            (1, _("Not useful")),
        ],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Nobody sees your answer. Once five people answered, their average is shown."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="acknowledge_%s", **kwargs)  # it shares a page with others
