"""A programme as a lead sees it before giving it."""

from dataclasses import dataclass

from courses.content.programme import Programme, Step
from portal.programmes.queries.catalogue import offer_of
from portal.programmes.queries.progress import (
    StepRules,
    minutes_of,
    rules_of,
    steps_on_offer,
    title_of,
)


@dataclass(frozen=True)
class PreviewStep:
    """A step with its title and length; one that is not in the library yet is not on offer."""

    step: Step
    title: str
    minutes: int
    is_on_offer: bool
    rules: StepRules


@dataclass(frozen=True)
class Preview:
    """A programme and its steps."""

    programme: Programme
    steps: tuple[PreviewStep, ...]

    @property
    def minutes(self) -> int:
        """How long all that is on offer takes."""
        return sum(one.minutes for one in self.steps if one.is_on_offer)


def preview_of(programme: Programme) -> Preview:
    """Return a programme as it would be given now. Two queries."""
    offer = offer_of({step.module for step in programme.steps})
    on_offer = steps_on_offer(programme, offer)
    return Preview(
        programme,
        tuple(
            PreviewStep(
                step,
                title_of(step, offer),
                minutes_of(step, offer),
                step.id in on_offer,
                rules_of(step, programme, offer),
            )
            for step in programme.steps
        ),
    )
