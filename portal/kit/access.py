"""Guards for views: who may come in, and fetching what one may see."""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def requires(permission: StrEnum) -> Callable[[View], View]:
    """Let only signed-in people through whose role grants `permission`; others get 403.

    The view carries its permission as `view.permission`, which the access tests read.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.may(permission):  # type: ignore[union-attr, arg-type]
                raise PermissionDenied
            return view(request, *args, **kwargs)

        decorated = login_required(guarded)
        decorated.permission = permission  # type: ignore[attr-defined]  # the access tests read it
        return decorated

    return guard
