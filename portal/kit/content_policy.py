"""The header that tells a browser what our pages may do."""

from functools import cached_property

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class ContentPolicyMiddleware(CSPMiddleware):
    """django-csp's middleware, which puts the same policy together twice for each answer.

    Where neither a view nor a template asked for anything of its own, that is done once.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Add the policy of the settings, unless the answer has one."""
        wishes = (name for name in (*vars(request), *vars(response)) if name.startswith("_csp"))
        if any(wishes) or settings.DEBUG:
            answer: HttpResponseBase = super().process_response(request, response)
            return answer
        response.headers.setdefault(HEADER, self._usual)
        return response

    @cached_property
    def _usual(self) -> str:
        policy: str = build_policy()
        return policy
