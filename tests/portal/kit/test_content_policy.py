"""Every answer carries the policy of the settings, unless it asks for another."""

from collections.abc import Callable

from csp.decorators import csp_exempt, csp_update
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from portal.kit.content_policy import ContentPolicyMiddleware

HEADER = "Content-Security-Policy"
View = Callable[[HttpRequest], HttpResponse]


def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse("A page")


def with_its_own(request: HttpRequest) -> HttpResponse:
    return HttpResponse("A mail", headers={HEADER: "default-src 'none'"})


def policy_of(middleware: type[CSPMiddleware], view: View) -> str | None:
    answer = middleware(view)(RequestFactory().get("/"))
    return answer.headers.get(HEADER)


def test_the_usual_answer_says_what_django_csp_says() -> None:
    policy = policy_of(ContentPolicyMiddleware, plain)
    assert policy == policy_of(CSPMiddleware, plain)
    assert policy is not None
    assert "default-src 'self'" in policy.split("; ")


def test_an_answer_keeps_a_policy_of_its_own() -> None:
    assert policy_of(ContentPolicyMiddleware, with_its_own) == "default-src 'none'"


def test_what_a_view_asked_of_django_csp_counts() -> None:
    wider = csp_update({"img-src": "https://pictures.example"})(plain)
    policy = policy_of(ContentPolicyMiddleware, wider)
    assert policy is not None
    assert "https://pictures.example" in policy
    assert policy_of(ContentPolicyMiddleware, csp_exempt()(plain)) is None
    assert policy_of(ContentPolicyMiddleware, plain) == policy_of(CSPMiddleware, plain)
