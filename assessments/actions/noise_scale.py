"""Turning the knob of the evidence model."""

from datetime import datetime

from django.db import transaction

from assessments.models import NoiseScale
from assessments.queries.skill_check import noise_percent
from portal.audit.models import record
from portal.people.models import User


@transaction.atomic
def scale_noise(percent: int, *, reason: str, by: User, at: datetime) -> NoiseScale:
    """Weigh all evidence that is recorded from now on by this much noise, 100 being as modelled."""
    before = noise_percent()
    scale = NoiseScale.objects.create(percent=percent, reason=reason, set_by=by, set_at=at)
    record("scaled noise", scale, by=by, at=at, percent=percent, before=before)
    return scale
