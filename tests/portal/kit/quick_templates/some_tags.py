"""Tags of each kind, for the tests of quick templates."""

from typing import Any

from django import template
from django.template import Context, Node
from django.template.base import Parser, Token

register = template.Library()


class Put(Node):
    """Puts something into the context without telling anybody."""

    def __init__(self, name: str, value: str) -> None:
        self.name, self.value = name, value

    def render(self, context: Context) -> str:
        context[self.name] = self.value
        return ""


@register.tag
def put(parser: Parser, token: Token) -> Put:
    _tag, name, value = token.split_contents()
    return Put(name.strip("'"), value.strip("'"))


@register.simple_tag
def add_up(a: int, b: int) -> int:
    return a + b


@register.simple_tag
def echo(value: Any) -> Any:
    return value


@register.simple_tag(takes_context=True)
def name_of(context: Context) -> str:
    return context["person"].name


@register.simple_block_tag
def boxed(content: str) -> str:
    return f"[{content}]"


@register.simple_tag
def fail() -> str:
    raise LookupError


@register.inclusion_tag("other.html")
def list_of(values: list[int]) -> dict[str, Any]:
    return {"text": values, "label": "<list>", "kind": None}
