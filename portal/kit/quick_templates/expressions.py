"""Writes expressions and conditions of templates as Python."""

from keyword import iskeyword
from typing import Any, cast

from django.template import Template
from django.template.base import FilterExpression, Variable
from django.template.defaulttags import TemplateLiteral
from django.template.smartif import TokenBase
from django.utils.safestring import mark_safe
from django.utils.timezone import template_localtime  # type: ignore[attr-defined]  # not in stubs

from portal.kit.quick_templates.source import Source

_INFIX = {"and", "or", "==", "!=", "<", "<=", ">", ">=", "in", "not in", "is", "is not"}


class NotWritten(Exception):
    """This is nothing that has a quick form."""


def write_shown(source: Source, expression: FilterExpression, template: Template) -> None:
    """Write what adds a value to the page."""
    original, place = source.constant(expression), source.template(template)
    value = write_value(source, expression, template, is_given=False)
    source.line(
        f"add(escape({value}) if type({value}) is str"
        f" else shown({value}, context, {original}, {place}))"
    )


def write_value(
    source: Source, expression: FilterExpression, template: Template, *, is_given: bool = True
) -> str:
    """Write what finds a value, and return the name of the variable that holds it.

    A value that is given on, to a tag or to another template, has to be there.
    """
    if not expression.is_var and not expression.filters:
        return source.constant(expression.var)
    value = source.new_name("v")
    fallback = (
        f"{value} = resolved({source.constant(expression)}, context, {source.template(template)})"
    )
    try:
        code = _code(source, expression)
    except NotWritten:
        source.line(fallback)
        return value
    if code.isidentifier() and not is_given:
        return code
    with source.block("try:"):
        source.line(f"{value} = sure({code})" if is_given else f"{value} = {code}")
    with source.block("except Exception:"):
        source.line(fallback)
    return value


def write_items(source: Source, expression: FilterExpression) -> str:
    """Write what finds the items of a loop, and return the name of the variable."""
    items = source.new_name("v")
    fallback = f"{items} = items({source.constant(expression)}.resolve(context, True))"
    try:
        code = _code(source, expression)
    except NotWritten:
        source.line(fallback)
        return items
    with source.block("try:"):
        source.line(f"{items} = known({code})")
    with source.block("except Exception:"):
        source.line(fallback)
    with source.block("else:"):
        source.line(f"{items} = items({items})")
    return items


def write_condition(source: Source, condition: TokenBase) -> str:
    """Write what decides a condition, and return the name of the variable."""
    answer = source.new_name("c")
    fallback = f"{answer} = decided({source.constant(condition)}, context)"
    try:
        code = _condition_code(source, condition)
    except NotWritten:
        source.line(fallback)
        return answer
    with source.block("try:"):
        source.line(f"{answer} = {code}")
    with source.block("except Exception:"):
        source.line(fallback)
    return answer


def _condition_code(source: Source, token: Any) -> str:
    if isinstance(token, TemplateLiteral):
        return f"known({_code(source, cast(FilterExpression, token.value))})"
    if token.id == "not":
        return f"(not {_condition_code(source, token.first)})"
    if token.id not in _INFIX:
        raise NotWritten
    first, second = (_condition_code(source, part) for part in (token.first, token.second))
    return f"({first} {token.id} {second})"


def _code(source: Source, expression: FilterExpression) -> str:
    code = (
        _variable_code(source, expression.var)
        if expression.is_var
        else source.constant(expression.var)
    )
    if expression.filters and expression.is_var:
        code = f"sure({code})"
    for function, arguments in expression.filters:
        code = _filter_code(source, code, function, arguments)
    return code


def _filter_code(
    source: Source, code: str, function: Any, arguments: list[tuple[bool, Any]]
) -> str:
    """Return the call of a filter, with what its flags ask for."""
    words = [
        f"sure({_variable_code(source, argument)})"
        if is_looked_up
        else source.constant(mark_safe(argument))  # noqa: S308  # Django does so with constants
        for is_looked_up, argument in arguments
    ]
    if getattr(function, "needs_autoescape", False):
        words.append("autoescape=True")
    if getattr(function, "expects_localtime", False):
        code = f"{source.constant(template_localtime)}({code}, context.use_tz)"
    name = source.constant(function)
    if getattr(function, "is_safe", False):
        return f"filtered_safely({', '.join([name, code, *words])})"
    return f"{name}({', '.join([code, *words])})"


def _variable_code(source: Source, variable: Variable) -> str:
    if variable.translate:
        raise NotWritten
    if variable.lookups is None:
        return source.constant(variable.literal)
    first, *others = variable.lookups
    code = source.name(first)
    for name in others:
        code = _attribute_code(source, code, name)
    return code


def _attribute_code(source: Source, owner: str, name: str) -> str:
    """Return what finds `owner.name`; the usual owner and value are asked on the spot."""
    if not name.isidentifier() or iskeyword(name):
        return f"attribute({owner}, {name!r})"
    known, value = source.new_name("o"), source.new_name("a")
    return (
        f"({value} if type({known} := {owner}) in plain"
        f" and not callable({value} := {known}.{name}) else attribute({known}, {name!r}))"
    )
