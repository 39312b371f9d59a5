"""One session as one of its two people sees it."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from courses.content.skills import Skill
from portal.coaching.agenda_words import LineWords, words_of
from portal.coaching.coaching_guide import CoachingGuide
from portal.coaching.models import (
    ActionItem,
    AgendaItem,
    AgendaKind,
    FeedbackSession,
    NoteReading,
    Observation,
    PrivateNote,
    SessionState,
)
from portal.coaching.queries.guides import guides_for
from portal.coaching.queries.kept_notes import readings_of
from portal.coaching.queries.proofs import proof_for
from portal.coaching.reply_links import reply_path
from portal.kit.clock import local_date
from portal.people.models import User

_HISTORY_SHOWN = 5


@dataclass(frozen=True)
class AgendaLine:
    """A line of the agenda, its words, and where its proof is read."""

    item: AgendaItem
    words: LineWords
    proof_path: str = ""

    @property
    def is_a_run(self) -> bool:
        """Whether it is about a practice call, of which a moment can be replayed."""
        return self.item.kind in (AgendaKind.WENT_WELL, AgendaKind.LOOK_AT)


@dataclass(frozen=True)
class SessionPage:
    """Everything the page of a session shows to `viewer`; nothing private of the other one."""

    session: FeedbackSession
    viewer: User
    today: date
    agenda: tuple[AgendaLine, ...]
    actions: tuple[ActionItem, ...]
    observations: tuple[Observation, ...]
    private_note: str
    history: tuple[FeedbackSession, ...]
    readings: tuple[NoteReading, ...]
    is_over: bool

    @property
    def other(self) -> User:
        """Whom the viewer meets."""
        return self.session.other(self.viewer)

    @property
    def skills(self) -> tuple[Skill, ...]:
        """The skills for which one can rate."""
        return tuple(Skill)

    @property
    def is_lead(self) -> bool:
        """Whether the viewer leads this session."""
        return self.viewer == self.session.lead

    @property
    def reply_path(self) -> str:
        """Where the invited one suggests another time."""
        return reply_path(self.session, self.session.agent)

    @property
    def guides(self) -> tuple[CoachingGuide, ...]:
        """The coaching guides of the skills on the agenda."""
        return guides_for(line.item.skill for line in self.agenda)

    @property
    def last_time(self) -> FeedbackSession | None:
        """The last session that the two held."""
        return self.history[0] if self.history else None

    @property
    def minutes(self) -> int:
        """How long the whole agenda takes."""
        return sum(line.item.minutes for line in self.agenda)

    @property
    def other_zone(self) -> str:
        """The time zone of the other one, where it is not the viewer's; else nothing."""
        zone = self.other.time_zone
        return zone if zone != self.viewer.time_zone else ""

    @property
    def fingerprint(self) -> str:
        """A short word that changes whenever the agenda or what was agreed does."""
        agenda = [(line.item.pk, line.item.position) for line in self.agenda]
        actions = [(one.pk, one.done_at, one.dropped_at) for one in self.actions]
        return sha256(repr((agenda, actions)).encode()).hexdigest()[:16]

    @property
    def has_notes(self) -> bool:
        """Whether notes and actions can be written."""
        return self.session.takes_notes


def session_page(session: FeedbackSession, viewer: User, *, now: datetime) -> SessionPage:
    """Return a session with its agenda, actions, notes and history, in seven queries."""
    agenda = session.agenda.shown().select_related("added_by")
    note = PrivateNote.objects.filter(session=session, author=viewer)
    earlier = FeedbackSession.objects.filter(
        lead=session.lead_id, agent=session.agent_id, state=SessionState.HELD
    )
    return SessionPage(
        session=session,
        viewer=viewer,
        today=local_date(now, viewer.time_zone),
        agenda=tuple(
            AgendaLine(item, words_of(item), proof_for(item, session, viewer)) for item in agenda
        ),
        actions=tuple(session.actions.select_related("owner")),
        observations=tuple(
            session.observations.select_related("observer").prefetch_related("ratings")
        ),
        private_note=note.values_list("text", flat=True).first() or "",
        history=tuple(earlier.exclude(pk=session.pk).order_by("-starts_at")[:_HISTORY_SHOWN]),
        readings=tuple(readings_of(session.pk)),
        is_over=session.is_over(now),
    )
