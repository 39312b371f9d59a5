"""Rating what a lead heard, for one skill at a time."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from courses.content.skills import Skill
from courses.queries.frame import current_frame
from portal.coaching.actions.observing import record_observation
from portal.coaching.forms.observe import ObservationForm
from portal.coaching.models import SessionKind
from portal.coaching.queries.calibration import agreed_examples
from portal.coaching.queries.observations import may_read_quotes, observations_visible_to
from portal.coaching.queries.sessions import sessions_visible_to
from portal.kit.access import requires
from portal.kit.clock import local_date, now
from portal.kit.errors import Refusal
from portal.people.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.LEARN)
def observe(request: HttpRequest, session: UUID, skill: str) -> HttpResponse:
    """Show the anchored scales of a skill, and write down what was rated."""
    led = sessions_visible_to(request.user).filter(lead=request.user, kind=SessionKind.LEAD)
    found = get_object_or_404(led.select_related("lead", "agent"), pk=session)
    if skill not in list(Skill):
        raise Http404
    framed = current_frame().skill(Skill(skill))
    sent = request.POST if request.method == "POST" else None
    today = local_date(now(), request.user.time_zone)
    examples = agreed_examples(one.code for one in framed.behaviours)
    form = ObservationForm(sent, framed=framed, examples=examples, today=today)
    if form.is_valid():
        try:
            record_observation(
                found.pk,
                framed.skill,
                form.heard,
                heard_on=form.cleaned_data["heard_on"],
                by=request.user,
                at=now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("Kept. %(name)s can see it, and it counts as evidence from the job.")
            messages.success(request, said % {"name": found.agent.first_name})
            return redirect("coaching:session", found.pk)
    context = {"session": found, "framed": framed, "form": form}
    return render(request, "coaching/observe.html", context, status=422 if form.is_bound else 200)


@require_GET
@requires(Permission.LEARN)
def heard(request: HttpRequest, observation: int) -> HttpResponse:
    """Show the ratings of one contact, which are evidence; their quotes to the two only."""
    found = get_object_or_404(observations_visible_to(request.user), pk=observation)
    context = {
        "heard": found,
        "is_own": found.person_id == request.user.pk,
        "shows_quotes": may_read_quotes(request.user, found),
        "has_session": request.user.pk in (found.session.lead_id, found.session.agent_id),
    }
    return render(request, "coaching/heard.html", context)
