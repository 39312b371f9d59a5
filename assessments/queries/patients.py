"""How somebody's own calls go with different kinds of patients; for nobody but themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.models import Attempt
from assessments.patient_contrast import (
    FEWEST_CALLS,
    FEWEST_MOMENTS,
    FEWEST_STORIES,
    CallPlayed,
    Contrast,
    Verdict,
    contrasts,
)
from courses.content.patient_kinds import PatientKind
from courses.models import ActivityKind
from portal.kit.stored_queries import StoredQuery
from portal.people.models import User

CALLS_COUNTED = 400

_KINDS: Mapping[PatientKind, Promise] = {
    PatientKind.LANGUAGE: _("Callers whose first language is another one"),
    PatientKind.HEARING: _("Callers who hear little or nothing"),
    PatientKind.SPEECH: _("Callers whose words come slowly"),
    PatientKind.SIGHT: _("Callers who don’t see the page"),
    PatientKind.READING: _("Callers for whom reading is hard"),
    PatientKind.OLDER: _("Callers of 65 and over"),
    PatientKind.IDENTITY: _("Callers whose name or pronouns are easily got wrong"),
    PatientKind.CULTURE: _("Callers with customs or a faith to ask about"),
    PatientKind.FAMILY: _("Calls with family on the line"),
}
_VERDICTS: Mapping[Verdict, Promise] = {
    Verdict.TOO_FEW: _("Too few to compare yet"),
    Verdict.NONE_SEEN: _("No clear difference"),
    Verdict.BETTER: _("Stronger here than with others"),
    Verdict.WORSE: _("Worth a look"),
}


@dataclass(frozen=True)
class PatientLine:
    """One kind of patient, held against the others in the same calls, in a reader's words."""

    contrast: Contrast

    @property
    def title(self) -> Promise:
        """Who they are."""
        return _KINDS[self.contrast.kind]

    @property
    def in_words(self) -> Promise:
        """What may be said."""
        return _VERDICTS[self.contrast.verdict]

    @property
    def verdict(self) -> str:
        """The same, for the looks of it."""
        return self.contrast.verdict.value

    @property
    def is_known(self) -> bool:
        """Whether there is enough to show shares and a range."""
        return self.contrast.verdict is not Verdict.TOO_FEW

    @property
    def low(self) -> int:
        """The lower end of the likely difference, in points of 100."""
        return round(100 * self.contrast.low)

    @property
    def high(self) -> int:
        """The upper end of the likely difference, in points of 100."""
        return round(100 * self.contrast.high)


@dataclass(frozen=True)
class Patients:
    """Somebody's calls by kind of patient, and from how many on there is something to say."""

    lines: tuple[PatientLine, ...]
    fewest_calls: int = FEWEST_CALLS
    fewest_moments: int = FEWEST_MOMENTS
    fewest_stories: int = FEWEST_STORIES


def patients_of(person: User) -> Patients:
    """Return how a person's own calls go by kind of patient, practice included, in one query.

    Each call counts that was played from its start to an end; one that was played on from a
    rewind repeats replies, so it is left out.
    """
    ended = _ENDED.all(person=person.pk)
    played = (_played(activity, result) for activity, result in ended if result)
    return Patients(tuple(map(PatientLine, contrasts(played))))


_ENDED = StoredQuery(
    lambda person: (
        Attempt.objects.filter(
            user=person,
            activity__kind=ActivityKind.SCENARIO,
            finished_at__isnull=False,
            branched_from__isnull=True,
            result__has_key="kinds",
        )
        .order_by("-finished_at", "-pk")
        .values_list("activity_id", "result")[:CALLS_COUNTED]
    )
)


def _played(activity: int, result: Mapping[str, Any]) -> CallPlayed:
    points = result["skills"].values()
    return CallPlayed(
        story=activity,
        kinds=frozenset(map(PatientKind, result["kinds"])),
        earned=sum(one["earned"] for one in points),
        possible=sum(one["possible"] for one in points),
        is_resolved=bool(result["is_resolved"]),
    )
