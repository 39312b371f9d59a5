"""What narrows the question bank."""

from django import forms
from django.http import QueryDict

from assessments.queries.question_bank import FLAGS, LEVELS, TYPES, Wanted
from courses.models.course import SKILL_CHOICES
from portal.kit.fields import tidy_words


def wanted_in(query: QueryDict) -> Wanted:
    """Return what the query of an address asks for; nonsense is passed over."""
    form = _BankForm(query)
    form.is_valid()
    found = form.cleaned_data
    return Wanted(
        text=tidy_words(found.get("q", "")),
        **{name: found.get(name, "") for name in _BankForm.base_fields if name != "q"},
    )


class _BankForm(forms.Form):
    """Words of the question, and what it is about."""

    q = forms.CharField(required=False, max_length=100)
    tag = forms.CharField(required=False, max_length=80)
    skill = forms.ChoiceField(required=False, choices=SKILL_CHOICES)
    behaviour = forms.CharField(required=False, max_length=8)
    type = forms.ChoiceField(required=False, choices=TYPES.items())
    level = forms.ChoiceField(required=False, choices=[(one, one) for one in LEVELS])
    flag = forms.ChoiceField(required=False, choices=FLAGS.items())
