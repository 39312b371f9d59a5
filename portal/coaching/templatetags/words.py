"""Template tags that show kudos and comments on pages of learning."""

from django import template

from portal.coaching.models import CompletionWords
from portal.coaching.queries.words import latest_words_to, words_about
from portal.kit.clock import now
from portal.people.models import User

register = template.Library()


@register.simple_tag
def words_about_module(user: User, module: int) -> list[CompletionWords]:
    """Return what was said to somebody about a module they finished."""
    return words_about(user, module)


@register.simple_tag
def latest_words(user: User) -> list[CompletionWords]:
    """Return what was said to somebody lately about what they finished."""
    return latest_words_to(user, now=now())
