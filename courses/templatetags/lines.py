"""Lines of lists that leads open all day.

They are put together in Python: as templates, fifty lines cost more than all the rest of a page.
Every text that a person wrote goes through `escape`.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from html import escape

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from courses.learning_state import LearningState
from courses.queries.following import AssignmentRow
from courses.queries.matrix import Matrix
from courses.queries.team import TeamChoice, TeamRow
from courses.templatetags.learning import done_words, due_words, more_words, state_status
from portal.kit.wording import due_words as due_label
from portal.people.models import Team

register = template.Library()

# The id that stands for any other while the address of a person's page is looked up.
_ANY_ID = 1234567890123456789

_PERSON = """<tr><th scope="row"><span class="heat-pick">
<input class="form-check-input" type="checkbox" name="person" value="{id}"
 aria-label="{select} {name}"><a href="{url}">{name}</a></span></th>"""
_NOTHING_OPEN = '<td class="meta" colspan="3">{nothing}</td></tr>'
_OPEN = """<td data-l="{learning}">{title}{more}</td>
<td data-l="{progress}"><progress class="bar" value="{done}" max="{bar_max}"
 aria-label="{progress}, {name}"></progress><div class="meta">{done_words}</div></td>
<td data-l="{state_label}">{state}<div class="meta">{due}</div></td></tr>"""
_MATRIX_ROW = _PERSON + "{cells}</tr>"
_REACHED = (
    _PERSON
    + """
<td data-l="{progress}"><progress class="bar" value="{done}" max="{bar_max}"
 aria-label="{progress}, {name}"></progress><div class="meta">{done_words}</div></td>
<td data-l="{state_label}">{state}</td><td data-l="{when_label}" class="meta">{when}</td></tr>"""
)


@register.simple_tag
def team_lines(rows: Iterable[TeamRow]) -> SafeString:
    """Show one table row for each person of a team."""
    labels, url = _labels(get_language()), _person_url()
    return mark_safe("".join(_team_line(row, labels, url) for row in rows))  # noqa: S308  (of parts that are escaped)


@register.simple_tag
def assignment_lines(rows: Iterable[AssignmentRow]) -> SafeString:
    """Show one table row for each person whom an assignment reached."""
    labels, url = _labels(get_language()), _person_url()
    return mark_safe("".join(_assignment_line(row, labels, url) for row in rows))  # noqa: S308  (of parts that are escaped)


@register.simple_tag
def team_options(teams: Iterable[TeamChoice], chosen: Team | None) -> SafeString:
    """Show the options of a select, one for each team."""
    chosen_pk = chosen.pk if chosen else None
    options = (
        f'<option value="{pk}"{" selected" if pk == chosen_pk else ""}>{escape(name)}</option>'
        for pk, name in teams
    )
    return mark_safe("".join(options))  # noqa: S308  (of parts that are escaped)


@register.simple_tag
def matrix_lines(matrix: Matrix) -> SafeString:
    """Show one table row for each person, with an icon and a word for each module."""
    labels, url, language = _labels(get_language()), _person_url(), get_language()
    heads = [escape(column.title) for column in matrix.columns]
    return mark_safe(  # noqa: S308  (of parts that are escaped)
        "".join(
            _MATRIX_ROW.format(
                id=row.id,
                select=labels["select"],
                url=url.format(row.id),
                name=escape(row.name),
                cells="".join(
                    _matrix_cell(cell.state if cell else None, cell and cell.due_on, head, language)
                    for cell, head in zip(row.cells, heads, strict=True)
                ),
            )
            for row in matrix.rows
        )
    )


@lru_cache(maxsize=4096)
def _matrix_cell(
    state: LearningState | None, due_on: date | None, head: str, language: str | None
) -> str:
    """Return one cell; its words are there for whoever cannot see or tell apart the icons."""
    if state is None or due_on is None:
        words = escape(gettext("Not assigned"))
        return f'<td><span class="visually-hidden">{words}</span></td>'
    tip = escape(due_words(state, due_on))
    return f'<td title="{head}: {tip}">{state_status(state)}</td>'


def _team_line(row: TeamRow, labels: dict[str, str], url: str) -> str:
    person = {"id": row.id, "name": escape(row.name), "url": url.format(row.id), **labels}
    if not row.learning:
        return (_PERSON + _NOTHING_OPEN).format(**person)
    open_ = row.learning
    more = f'<div class="meta">{escape(more_words(open_.others))}</div>' if open_.others else ""
    return (_PERSON + _OPEN).format(
        **person,
        title=escape(open_.title),
        more=more,
        done=open_.done,
        bar_max=open_.bar_max,
        done_words=escape(done_words(open_.done, open_.total)),
        state=state_status(open_.state),
        due=escape(due_words(open_.state, open_.due_on)),
    )


def _assignment_line(row: AssignmentRow, labels: dict[str, str], url: str) -> str:
    return _REACHED.format(
        id=row.person.pk,
        name=escape(row.person.name),
        url=url.format(row.person.pk),
        done=row.done,
        bar_max=row.bar_max,
        done_words=escape(done_words(row.done, row.total)),
        state=state_status(row.state),
        when=escape(_when(row)),
        **labels,
    )


def _when(row: AssignmentRow) -> str:
    """Return until when there is time, or when it was over; nothing for what waits."""
    if row.state == LearningState.WAITING:
        return ""
    if row.over_at is None:
        return due_label(row.due_on, row.today).text
    return format_date(timezone.localtime(row.over_at), "D j M")


@lru_cache(maxsize=16)
def _labels(language: str | None) -> dict[str, str]:
    labels = {
        "select": gettext("Select"),
        "learning": gettext("Open learning"),
        "progress": gettext("Progress"),
        "state_label": gettext("State"),
        "when_label": gettext("When"),
        "nothing": gettext("Nothing open"),
    }
    return {name: escape(label) for name, label in labels.items()}


@lru_cache(maxsize=1)
def _person_url() -> str:
    """Return the address of a person's page with a place for the id."""
    return reverse("courses:person", args=[_ANY_ID]).replace(str(_ANY_ID), "{}")
