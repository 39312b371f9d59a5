"""What a lead writes of a programme: its frame, and one row for each step."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.content.programme import MOST_STEPS, Programme, Step, StepKind
from courses.models.course import SKILL_CHOICES
from portal.kit.fields import WordsField
from portal.programmes.queries.writing import Offered

GROUPS = ("A", "B", "C")
ROWS_AT_FIRST, ROWS_MORE = 6, 3
_LONGEST_DAYS = 365
_PREFIX = "steps"

Choices = list[tuple[str, Any]]


class ProgrammeForm(forms.Form):
    """What a programme is called and for, how long it takes, and how many of a group are enough."""

    based_on = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("What it is called"), max_length=120)
    summary = WordsField(
        label=_("Whom it is for, and what it is about"),
        max_length=600,
        widget=forms.Textarea({"rows": 3}),
    )
    days = forms.IntegerField(
        label=_("Days in all"),
        min_value=1,
        max_value=_LONGEST_DAYS,
        help_text=_("Counted from the day that somebody gets it."),
    )
    minutes_per_week = forms.IntegerField(
        label=_("Minutes a week"),
        min_value=10,
        max_value=2400,
        help_text=_("What is left must fit into these, or the program shows as at risk."),
    )
    skills = forms.MultipleChoiceField(
        label=_("Skills"),
        required=False,
        choices=SKILL_CHOICES,
        widget=forms.CheckboxSelectMultiple,
    )
    of_a = forms.IntegerField(label=_("Enough of group A"), min_value=1, max_value=MOST_STEPS)
    of_b = forms.IntegerField(label=_("Enough of group B"), min_value=1, max_value=MOST_STEPS)
    of_c = forms.IntegerField(label=_("Enough of group C"), min_value=1, max_value=MOST_STEPS)


class StepForm(forms.Form):
    """One step. A row in which nothing is chosen is left out."""

    id = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    what = forms.ChoiceField(label=_("What one does"), required=False)
    by_day = forms.IntegerField(
        label=_("Done by day"), required=False, min_value=1, max_value=_LONGEST_DAYS
    )
    minutes = forms.IntegerField(
        label=_("Minutes"),
        required=False,
        min_value=1,
        max_value=600,
        help_text=_("Empty: as long as such a step usually takes."),
    )
    title = forms.CharField(
        label=_("What it is called"),
        required=False,
        max_length=120,
        help_text=_("A session needs it; all else has a name."),
    )
    why = forms.CharField(label=_("Why it is there"), required=False, max_length=300)
    needs = forms.CharField(
        label=_("Opens after"),
        required=False,
        max_length=60,
        help_text=_("Numbers of earlier steps, such as: 1, 3"),
    )
    choice = forms.ChoiceField(
        label=_("Group to choose from"),
        required=False,
        choices=[("", _("None: everybody does it")), *((one, one) for one in GROUPS)],
    )
    milestone = forms.CharField(
        label=_("Milestone reached with it"), required=False, max_length=120
    )

    def __init__(self, *args: Any, what: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.initial.get("what", "")
        known = {value for _name, group in what for value, _title in group}
        extra = [(kept, self.initial.get("kept_title", kept))] if kept not in {"", *known} else []
        choices = [("", _("Nothing: leave this row out")), *extra, *what]
        self.fields["what"].choices = choices  # type: ignore[attr-defined]  # a choice field

    @property
    def is_kept(self) -> bool:
        """Whether the row is a step."""
        return bool(self.cleaned_data.get("what"))

    @property
    def has_details(self) -> bool:
        """Whether more than what and when is written or has to be mended."""
        details = ("minutes", "title", "why", "needs", "choice", "milestone")
        return any(self[name].value() or self[name].errors for name in details)

    def clean(self) -> dict[str, Any]:
        """Ask for what a step cannot be without."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("what"):
            typed = any(cleaned.get(name) for name in ("by_day", "title", "why", "milestone"))
            if typed and "what" not in self.errors and not cleaned.get("id"):
                self.add_error("what", _("Choose what one does, or empty this row."))
            return cleaned
        if not cleaned.get("by_day") and "by_day" not in self.errors:
            self.add_error("by_day", _("Say by which day."))
        if cleaned["what"] == StepKind.SESSION and not cleaned.get("title"):
            self.add_error("title", _("Say what the session is about."))
        return cleaned

    def clean_needs(self) -> list[int]:
        """Return the numbers of the steps that come first."""
        parts = self.cleaned_data["needs"].replace(",", " ").split()
        if any(not part.isdecimal() for part in parts):
            raise forms.ValidationError(_("Write numbers of steps, such as: 1, 3"))
        return [int(part) for part in parts]


class ProgrammeWriting:
    """The frame and the rows together, as one is asked for them and as a file would say them."""

    def __init__(
        self,
        offered: Iterable[Offered],
        *,
        sent: QueryDict | None = None,
        initial: Mapping[str, Any] | None = None,
        rows: list[dict[str, Any]] | None = None,
    ) -> None:
        formset = forms.formset_factory(StepForm, extra=0, max_num=MOST_STEPS, validate_max=True)
        kwargs = {"what": _what(offered)}
        self.form = ProgrammeForm(sent, initial=initial)
        self.steps = formset(sent, initial=rows, prefix=_PREFIX, form_kwargs=kwargs)

    def is_valid(self) -> bool:
        """Whether all of it can be published; else each problem stands beside its field."""
        if not (self.form.is_valid() & self.steps.is_valid()):
            return False
        kept = self._kept
        if not kept:
            self.form.add_error(None, _("Write at least one step."))
        for number, row in kept.items():
            if row.cleaned_data["by_day"] > self.form.cleaned_data["days"]:
                row.add_error("by_day", _("This is later than the days in all."))
            needs = row.cleaned_data["needs"]
            if any(one not in kept or not _comes_before(kept, one, number) for one in needs):
                row.add_error("needs", _("A step can only wait for earlier ones."))
        for group, members in self._members.items():
            if self.form.cleaned_data[f"of_{group.lower()}"] >= members:
                self.form.add_error(
                    f"of_{group.lower()}",
                    _("Then there is nothing to choose: put one more step into the group."),
                )
        return not self.has_errors

    @property
    def has_errors(self) -> bool:
        """Whether something was sent that has to be mended."""
        if not self.form.is_bound:
            return False
        of_steps = any(self.steps.errors) or bool(self.steps.non_form_errors())
        return bool(self.form.errors) or of_steps

    @property
    def as_raw(self) -> dict[str, Any]:
        """What the programme's file would say; its steps by their day."""
        cleaned = self.form.cleaned_data
        kept = self._kept.items()
        ordered = sorted(kept, key=lambda one: (one[1].cleaned_data["by_day"], one[0]))
        ids = _ids({number: row.cleaned_data["id"] for number, row in ordered})
        return {
            "title": cleaned["title"],
            "summary": cleaned["summary"],
            "days": cleaned["days"],
            "minutes_per_week": cleaned["minutes_per_week"],
            "skills": sorted(cleaned["skills"]),
            "choices": [
                {"id": group, "of": cleaned[f"of_{group.lower()}"]} for group in self._members
            ],
            "steps": [_step_raw(row.cleaned_data, number, ids) for number, row in ordered],
        }

    @property
    def _kept(self) -> dict[int, StepForm]:
        return {number: row for number, row in enumerate(self.steps, 1) if row.is_kept}

    @property
    def _members(self) -> dict[str, int]:
        """Return how many steps are in each group that has any."""
        found = Counter(row.cleaned_data["choice"] for row in self._kept.values())
        return {group: found[group] for group in GROUPS if found[group]}


def blank_rows(number: int) -> list[dict[str, Any]]:
    """Return so many empty rows."""
    return [{} for _number in range(number)]


def first_words(programme: Programme | None) -> dict[str, Any]:
    """Return what stands in the frame at first, from a programme or for a new one."""
    enough = dict.fromkeys((f"of_{group.lower()}" for group in GROUPS), 1)
    if programme is None:
        return enough | {"days": 28, "minutes_per_week": 60}
    for letter, group in zip(GROUPS, _groups_of(programme), strict=False):
        enough[f"of_{letter.lower()}"] = programme.enough_of(group)
    return enough | {
        "title": programme.title,
        "summary": programme.summary,
        "days": programme.days,
        "minutes_per_week": programme.minutes_per_week,
        "skills": sorted(programme.skills),
    }


def rows_of(programme: Programme, titles: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the steps of a programme as rows; `titles` has what each is called, by its id."""
    numbers = {step.id: number for number, step in enumerate(programme.steps, 1)}
    letters = dict(zip(_groups_of(programme), GROUPS, strict=False))
    return [
        {
            "id": step.id,
            "what": _value_of(step),
            "kept_title": titles.get(step.id, step.id),
            "by_day": step.by_day,
            "minutes": step.minutes or None,
            "title": step.title,
            "why": step.why,
            "needs": ", ".join(str(numbers[one]) for one in step.needs),
            "choice": letters.get(step.choice, ""),
            "milestone": step.milestone,
        }
        for step in programme.steps
    ]


def rows_sent(sent: QueryDict) -> list[dict[str, Any]]:
    """Return what was typed so far as rows, to be shown again with more of them."""
    total = sent.get(f"{_PREFIX}-TOTAL_FORMS", "")
    number = min(MOST_STEPS, int(total)) if total.isdecimal() and len(total) < len("1000") else 0
    names = StepForm.base_fields
    return [
        {name: sent.get(f"{_PREFIX}-{row}-{name}", "") for name in names} for row in range(number)
    ]


def _what(offered: Iterable[Offered]) -> Choices:
    """Return everything that a step can be, by course."""
    module, call = gettext("Module: %(title)s"), gettext("Practice call: %(title)s")
    cards = gettext("Cards of: %(title)s")
    groups: dict[str, list[tuple[str, Any]]] = {}
    for one in offered:
        group = groups.setdefault(one.course, [])
        group.append((_value(StepKind.MODULE, one.path), module % {"title": one.title}))
        for slug, title in one.calls:
            group.append((_value(StepKind.SCENARIO, one.path, slug), call % {"title": title}))
        group.append((_value(StepKind.REFRESHER, one.path), cards % {"title": one.title}))
    talk = (gettext("Talk"), [(StepKind.SESSION.value, gettext("Feedback session"))])
    return [talk, *groups.items()]


def _value(kind: StepKind, *parts: str) -> str:
    return ":".join([kind.value, *parts])


def _value_of(step: Step) -> str:
    parts = [one for one in (step.module, step.activity, step.card) if one]
    return _value(step.kind, *parts)


def _groups_of(programme: Programme) -> list[str]:
    return list(dict.fromkeys(step.choice for step in programme.steps if step.choice))


def _comes_before(kept: Mapping[int, StepForm], one: int, other: int) -> bool:
    def place(number: int) -> tuple[int, int]:
        return kept[number].cleaned_data["by_day"], number

    return place(one) < place(other)


def _ids(by_number: Mapping[int, str]) -> dict[int, str]:
    """Return an id for each step: the one it has, or a new one that no other step has."""
    taken = {one for one in by_number.values() if one}
    fresh = (f"step-{n}" for n in range(1, 2 * MOST_STEPS + 1) if f"step-{n}" not in taken)
    return {number: own or next(fresh) for number, own in by_number.items()}


def _step_raw(row: Mapping[str, Any], number: int, ids: Mapping[int, str]) -> dict[str, Any]:
    kind, *named = row["what"].split(":")
    fields = {
        "id": ids[number],
        "kind": kind,
        "by_day": row["by_day"],
        **dict(zip(("module", "activity", "card"), named, strict=False)),
        "minutes": row["minutes"],
        "title": row["title"],
        "why": row["why"],
        "needs": [ids[one] for one in dict.fromkeys(row["needs"])],
        "choice": row["choice"],
        "milestone": row["milestone"],
    }
    return {name: value for name, value in fields.items() if value}
