"""A lead's pages: who has which programme and how it goes, and giving one that was written."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from courses.content.programme import parse_programme
from courses.models import Programme
from portal.kit.access import requires
from portal.kit.clock import local_date, now
from portal.kit.errors import Refusal
from portal.people.permissions import Permission
from portal.people.views.paging import place, without_place
from portal.programmes.actions.giving import give_programme, withdraw_programme
from portal.programmes.forms.give import GiveForm
from portal.programmes.queries.preview import preview_of
from portal.programmes.queries.progress import given_page, programmes_visible_to, shown
from portal.programmes.queries.writing import may_change


@require_GET
@requires(Permission.SEE_TEAM)
def team_programmes(request: HttpRequest) -> HttpResponse:
    """Show whose programmes are on track or at risk, and those that can be given."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    page = given_page(
        request.user, text, after=place(request, "after"), before=place(request, "before")
    )
    context = {
        "page": page,
        "programmes": shown(page.given, now=now()),
        "text": text,
        "query": without_place(request),
        "library": Programme.objects.on_offer().select_related("written_by"),
    }
    return render(request, "programmes/team_programmes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ASSIGN_LEARNING)
def give(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a programme that was written for everybody, and give it to people."""
    offered = Programme.objects.on_offer().select_related("written_by")
    programme = get_object_or_404(offered, slug=slug)
    version = programme.versions.order_by("-number").first()
    assert version is not None
    sent = request.POST if request.method == "POST" else None
    chosen = {"person": request.GET.getlist("person")}
    today = local_date(now(), request.user.time_zone)
    form = GiveForm(sent, initial=chosen, viewer=request.user, today=today)
    if form.is_valid():
        people = [person.pk for person in form.cleaned_data["person"]]
        rest = {name: form.cleaned_data[name] for name in ("note", "starts_on")}
        try:
            given = give_programme(version, people, by=request.user, at=now(), **rest)
            messages.success(request, said_given(len(given)))
            return redirect("programmes:team-programmes")
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    context = {
        "programme": programme,
        "version": version,
        "preview": preview_of(parse_programme(version.content)),
        "form": form,
        "can_change": may_change(request.user, programme),
    }
    status = 422 if form.errors else 200
    return render(request, "programmes/give.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ASSIGN_LEARNING)
def withdraw(request: HttpRequest, given: int) -> HttpResponse:
    """Ask whether to take a programme back, and do it."""
    visible = programmes_visible_to(request.user).exclude(user=request.user)
    found = get_object_or_404(visible, pk=given)
    if request.method != "POST":
        return render(request, "programmes/withdraw.html", {"given": found})
    withdraw_programme(found, by=request.user, at=now())
    messages.success(request, _("Taken back. What they did in it stays."))
    return redirect("programmes:team-programmes")


def said_given(people: int) -> str:
    """Return what a lead reads once a programme was given."""
    return ngettext("Given to %(n)d person.", "Given to %(n)d people.", people) % {"n": people}
