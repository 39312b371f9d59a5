"""Content as an author reads and writes it: the YAML of our own files, to and from plain values."""

from collections.abc import Mapping
from typing import Any

import yaml

from courses.content.parsing import ContentError, Problem

LONGEST_SOURCE = 400_000
_WIDTH = 96
# What a thing is, then what it says, then what it is made of.
_READING_ORDER = """
    id use origin type title kind channel name age pronouns language kinds objective summary intro
    brief
    content_notice catch shows_mood minutes pass_mark draw attempts time_limit feedback
    shown_at_once shown_at_end shown_once_settled
    shuffle_questions
    shuffle_options tags behaviours gates start exits panel about asks_for wants knows holds_back
    under_strain behaviour weight difficulty answer action choice when to file alt caption
    direction says on_screen stem prompt text html label value right standing rating
    effectiveness effects sets clears then_says felt why kind fast options choices replies
    checklist routes expert hint hint_cost think_time seconds rationale for_patient about_safety
    about_skill resolved understood owner_named offers_rewind account knowledge protocol blocks
    items moments endings cards
"""
_PLACES = {name: place for place, name in reversed(list(enumerate(_READING_ORDER.split())))}
_RARE_BREAKS = frozenset("\x85\u2028\u2029")


def read_source(text: str) -> dict[str, Any]:
    """Return the plain values that a file's text holds; only what JSON can hold, too.

    Anchors and aliases are refused: a few lines of them can stand for gigabytes.

    Raises:
        ContentError: with the line at which the text cannot be read.
    """
    if len(text) > LONGEST_SOURCE:
        raise ContentError([Problem("", f"Keep this under {LONGEST_SOURCE:,} characters.")])
    try:
        found = yaml.load(text, Loader=_PlainLoader)  # noqa: S506  (it is a SafeLoader)
    except yaml.MarkedYAMLError as error:
        raise ContentError([_problem_of(error)]) from None
    except (yaml.YAMLError, RecursionError):
        raise ContentError([Problem("", "This cannot be read as YAML.")]) from None
    if not isinstance(found, dict):
        raise ContentError([Problem("", "Write named fields, such as “title: …”.")])
    return found


def write_source(content: Mapping[str, Any]) -> str:
    """Return content as a file's text; reading it again gives the same values.

    A database forgets the order of fields, so they are written in the order one reads them.
    """
    return yaml.dump(
        _in_reading_order(content),
        Dumper=_ReadableDumper,
        allow_unicode=True,
        sort_keys=False,
        width=_WIDTH,
    )


def _in_reading_order(value: Any) -> Any:
    if isinstance(value, Mapping):
        names = sorted(value, key=lambda name: (_PLACES.get(name, len(_PLACES)), name))
        return {name: _in_reading_order(value[name]) for name in names}
    return [_in_reading_order(one) for one in value] if isinstance(value, list) else value


class _PlainLoader(yaml.SafeLoader):
    """Reads texts, numbers, true and false, lists and mappings by name; dates stay texts."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]  # PyYAML's own
            raise yaml.MarkedYAMLError(problem="write it out instead of “*”", problem_mark=mark)
        return super().compose_node(parent, index)


def _named_mapping(loader: _PlainLoader, node: yaml.MappingNode) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
        problem = "give this field a name" if key is None else ""
        if key in found:
            problem = f"“{key}” stands here twice"
        if problem:
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=key_node.start_mark)
        found[str(key)] = loader.construct_object(value_node, deep=True)
    return found


def _as_text(loader: _PlainLoader, node: yaml.ScalarNode) -> str:
    return str(loader.construct_scalar(node))


def _refused(loader: _PlainLoader, node: yaml.Node) -> None:
    problem = f"“{node.tag}” has no place here"
    raise yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark)


_PlainLoader.add_constructor("tag:yaml.org,2002:map", _named_mapping)
for _tag in ("timestamp", "binary", "value", "merge"):
    _PlainLoader.add_constructor(f"tag:yaml.org,2002:{_tag}", _as_text)
for _tag in ("set", "omap", "pairs"):
    _PlainLoader.add_constructor(f"tag:yaml.org,2002:{_tag}", _refused)


class _ReadableDumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, and repeats what stands in two places."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text_as_block(dumper: _ReadableDumper, text: str) -> yaml.Node:
    style = "|" if "\n" in text else None
    if not _RARE_BREAKS.isdisjoint(text):
        style = '"'  # PyYAML would write them as they are, and read them as spaces
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_ReadableDumper.add_representer(str, _text_as_block)


def _problem_of(error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    place = f"line {mark.line + 1}" if mark else ""
    return Problem(place, f"This cannot be read as YAML: {error.problem or error.context}.")
