"""Getting ready for a session, the coaching guides, and a moment replayed together."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from assessments.models import Attempt
from courses.content.skills import Skill
from portal.coaching.models import AgendaItem, FeedbackSession
from portal.coaching.queries.guides import guide_for
from portal.coaching.queries.replaying import replay_page
from portal.coaching.queries.session_page import session_page
from portal.coaching.queries.sessions import sessions_visible_to
from portal.kit.access import requires
from portal.kit.clock import now
from portal.people.permissions import Permission


@require_safe
@requires(Permission.LEARN)
def prepare(request: HttpRequest, session: UUID) -> HttpResponse:
    """Show one of the two what helps them to get ready."""
    page = session_page(_own(request, session), request.user, now=now())
    return render(request, "coaching/prepare.html", {"page": page})


@require_safe
@requires(Permission.LEARN)
def guide(request: HttpRequest, skill: str) -> HttpResponse:
    """Show the coaching guide of a skill; agents read it as well as leads."""
    if skill not in list(Skill):
        raise Http404
    return render(request, "coaching/guide.html", {"guide": guide_for(Skill(skill))})


@require_safe
@requires(Permission.LEARN)
def replay(request: HttpRequest, session: UUID, line: int) -> HttpResponse:
    """Show a moment of a run on the agenda, its turning point unless `?reply=` says another."""
    wanted = request.GET.get("reply", "")
    found = _own(request, session)
    try:
        page = replay_page(
            found, request.user, line, int(wanted[:4]) if wanted.isdecimal() else None
        )
    except (AgendaItem.DoesNotExist, Attempt.DoesNotExist):
        raise Http404 from None
    return render(request, "coaching/replay.html", {"page": page})


def _own(request: HttpRequest, session: UUID) -> FeedbackSession:
    own = sessions_visible_to(request.user).select_related("lead", "agent", "series")
    return get_object_or_404(own, pk=session)
