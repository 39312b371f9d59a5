"""The bare page: a session, its user, one SELECT and a template of a few lines."""

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

_PAGE = """<!doctype html><html lang="en"><head><title>{{ user.name }}</title></head>
<body><h1>{{ user.name }}</h1><p>{{ kind.app_label }}.{{ kind.model }}</p></body></html>"""
_template = engines["django"].from_string(_PAGE)


def bare(request: HttpRequest) -> HttpResponse:
    """Answer with the least that a page for a signed-in person can be."""
    kind = ContentType.objects.order_by("pk").first()
    return HttpResponse(_template.render({"user": request.user, "kind": kind}, request))


urlpatterns = [path("bare/", bare)]
