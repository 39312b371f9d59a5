"""The front door, which leads each person to the page they came for."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from portal.people.permissions import Permission


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Send leads to their team, authors to their content and everybody else to their learning."""
    if request.user.may(Permission.SEE_TEAM):
        return redirect("courses:team")
    if request.user.may(Permission.SEE_CONTENT):
        return redirect("courses:content-list")
    return redirect("courses:my-learning")
