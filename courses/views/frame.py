"""For admins: the words of the skill frame, and its versions."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.actions.framing import reword_skill
from courses.content.skills import Skill
from courses.forms.frame import FrameForm
from courses.queries.frame import current_frame, frame_versions
from portal.kit.access import requires
from portal.kit.clock import now
from portal.kit.errors import Refusal
from portal.people.permissions import Permission


@require_safe
@requires(Permission.TUNE_SKILLS)
def frame(request: HttpRequest) -> HttpResponse:
    """Show what the frame says, and which versions there were."""
    context = {"frame": current_frame(), "versions": frame_versions()}
    return render(request, "courses/frame.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TUNE_SKILLS)
def edit_skill(request: HttpRequest, skill: str) -> HttpResponse:
    """Change the words of one skill, as a new version of the frame."""
    if skill not in list(Skill):
        raise Http404
    current = current_frame()
    framed = current.skill(Skill(skill))
    sent = request.POST if request.method == "POST" else None
    form = FrameForm(sent, framed=framed, initial={"based_on": current.version})
    if form.is_valid():
        try:
            made = reword_skill(
                framed.skill,
                form.as_raw,
                based_on=form.cleaned_data["based_on"],
                by=request.user,
                at=now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("Published as version %(number)d. What was recorded keeps its own version.")
            messages.success(request, said % {"number": made.number})
            return redirect("courses:frame")
    context = {"framed": framed, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "courses/edit_skill.html", context, status=status)
