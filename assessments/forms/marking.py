"""Marking an answer by its rubric, with words for the one who wrote it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models import AnswerMark
from courses.content.rubrics import Criterion
from portal.kit.fields import WordsField


@dataclass(frozen=True)
class CriterionField:
    """A criterion with the level that is chosen so far, for the page."""

    criterion: Criterion
    name: str
    chosen: str
    error: str


class MarkForm(forms.Form):
    """One level for each criterion, and a comment."""

    comment = WordsField(
        label=_("Your words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("What worked, and what to try next."),
    )

    def __init__(self, *args: Any, rubric: tuple[Criterion, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rubric = rubric
        for criterion in rubric:
            self.fields[_name_of(criterion)] = forms.TypedChoiceField(
                label=criterion.text,
                choices=[(level.points, level.anchor) for level in criterion.levels],
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Choose a level."),
                    "invalid_choice": _("Choose one of these levels."),
                },
            )

    @property
    def levels(self) -> dict[str, int]:
        """The points chosen for each criterion, once it is valid."""
        return {one.id: self.cleaned_data[_name_of(one)] for one in self.rubric}

    @property
    def scales(self) -> Iterator[CriterionField]:
        """The criteria as the page shows them."""
        for criterion in self.rubric:
            name = _name_of(criterion)
            errors = self.errors.get(name, [])
            chosen = str((self.data if self.is_bound else self.initial).get(name, ""))
            yield CriterionField(criterion, name, chosen, " ".join(errors))


class CorrectionForm(MarkForm):
    """Another mark in place of the one that was given, and why."""

    reason = WordsField(
        label=_("Why you correct it"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Whoever wrote the answer reads this."),
        error_messages={"required": _("Say why, in a sentence.")},
    )

    def __init__(self, *args: Any, mark: AnswerMark, rubric: tuple[Criterion, ...]) -> None:
        given = {f"level-{name}": points for name, points in (mark.levels or {}).items()}
        super().__init__(*args, rubric=rubric, initial=given | {"comment": mark.comment})
        self.mark = mark

    def clean(self) -> dict[str, Any]:
        """Refuse what would change nothing."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and (self.levels, cleaned["comment"]) == (
            self.mark.levels,
            self.mark.comment,
        ):
            raise forms.ValidationError(_("This is the mark as it stands. Change something in it."))
        return cleaned


def _name_of(criterion: Criterion) -> str:
    return f"level-{criterion.id}"
