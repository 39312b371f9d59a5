"""A lesson as one person sees it: what they read, wrote and chose in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from courses.content.lesson import Lesson
from courses.content.lesson_blocks import Block, Judgement, QuickCheck, Reflection
from courses.models import Activity, BlockResponse, ContentRevision
from courses.queries.content import lesson_of, live_revision_of
from courses.queries.progress import ModuleProgress, Step, progress_in
from portal.kit.stored_queries import StoredQuery
from portal.people.models import User


@dataclass(frozen=True)
class BlockView:
    """A block with what the reader did in it; `judgement` is there only once they have chosen."""

    activity_id: int
    block: Block
    revision: ContentRevision
    text: str = ""
    judgement: Judgement | None = None
    is_saved: bool = False
    error: str = ""
    is_preview: bool = False

    @property
    def template(self) -> str:
        """The template that shows this type of block."""
        return f"courses/blocks/{self.block.type}.html"

    @property
    def media(self) -> Mapping[str, str]:
        """The files that the revision shows: their names, and the hashes of their bytes."""
        files: Mapping[str, str] = self.revision.media
        return files

    @property
    def takes_a_response(self) -> bool:
        """Whether the block looks different to each reader."""
        return isinstance(self.block, QuickCheck | Reflection)


@dataclass(frozen=True)
class StepView:
    """One entry of the outline with its blocks."""

    id: str
    title: str
    blocks: tuple[BlockView, ...]
    is_read: bool
    is_current: bool


@dataclass(frozen=True)
class LessonPage:
    """A lesson, where the reader stopped, and what comes before and after."""

    activity: Activity
    revision: ContentRevision
    lesson: Lesson
    progress: ModuleProgress
    responses: Mapping[str, BlockResponse]
    refused: BlockView | None = None
    is_preview: bool = False

    @cached_property
    def place(self) -> str:
        """The block at which the reader stopped; empty if it is not in this revision."""
        place = self.own_step.place
        return place if self.lesson.block(place) else ""

    @cached_property
    def number(self) -> int:
        """The lesson's place among the activities of its module, counted from 1."""
        return 1 + [step.activity_id for step in self.progress.steps].index(self.activity.pk)

    @property
    def own_step(self) -> Step:
        """The lesson as the module counts it."""
        return self.progress.steps[self.number - 1]

    @property
    def previous(self) -> Step | None:
        """The activity before this one."""
        return self.progress.steps[self.number - 2] if self.number > 1 else None

    @property
    def following(self) -> Step | None:
        """The activity after this one."""
        return self.progress.steps[self.number] if self.number < self.progress.total else None

    @property
    def percent(self) -> int:
        """How far the reader is in the lesson, 0 to 100."""
        if self.own_step.is_finished:
            return 100
        return 100 * sum(step.is_read for step in self.steps) // len(self.steps)

    @cached_property
    def steps(self) -> tuple[StepView, ...]:
        """The lesson's outline: what comes before the reader's place counts as read."""
        steps = self.lesson.steps
        ids = [{block.id for block in step.blocks} for step in steps]
        current = next((n for n, found in enumerate(ids) if self.place in found), 0)
        finished = self.own_step.is_finished
        return tuple(
            StepView(
                id=step.id,
                title=step.title,
                blocks=tuple(self.view_of(block) for block in step.blocks),
                is_read=finished or n < current,
                is_current=not finished and n == current,
            )
            for n, step in enumerate(steps)
        )

    def view_of(self, block: Block, *, unsaved: str = "", error: str = "") -> BlockView:
        """Return one block with what the reader did in it, or tried to do."""
        if self.refused and self.refused.block.id == block.id:
            return self.refused
        response = self.responses.get(block.id)
        judgement = None
        if response and isinstance(block, QuickCheck):
            judgement = block.judge(response.option_id)
        return BlockView(
            activity_id=self.activity.pk,
            block=block,
            revision=self.revision,
            text=unsaved or (response.text if response else ""),
            judgement=judgement,
            is_saved=response is not None and not error and not self.is_preview,
            error=error,
            is_preview=self.is_preview,
        )


def lesson_page(activity: Activity, user: User) -> LessonPage:
    """Return a lesson as `user` sees it, in two queries.

    `activity` comes with its live revision.
    """
    revision = live_revision_of(activity)
    responses = _RESPONSES.all(user=user.pk, revision=revision.pk)
    return LessonPage(
        activity=activity,
        revision=revision,
        lesson=lesson_of(revision),
        progress=progress_in([activity.module_id], user=user)[activity.module_id],
        responses={one.block_id: one for one in responses},
    )


_RESPONSES = StoredQuery(
    lambda user, revision: BlockResponse.objects.filter(user=user, revision=revision).only(
        "block_id", "text", "option_id"
    )
)
