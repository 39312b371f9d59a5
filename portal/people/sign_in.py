"""Who is signed in: allauth's way of signing in, and a quick way to find the person again."""

from allauth.account.auth_backends import AuthenticationBackend

from portal.kit.stored_queries import StoredQuery
from portal.people.models import User

_PERSON = StoredQuery(lambda pk: User.objects.filter(pk=pk))


class SignInBackend(AuthenticationBackend):
    """Signs in by e-mail and password; every request asks it for the person of its session."""

    def get_user(self, user_id: int) -> User | None:
        """Return the person, unless they may not sign in any more."""
        user = _PERSON.first(pk=user_id)
        return user if user and self.user_can_authenticate(user) else None
