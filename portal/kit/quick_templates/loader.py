"""Loads templates, and turns each into Python when it is first drawn."""

import re
from collections.abc import Callable
from typing import Any, cast

from django.template import Context, Origin, Template, TemplateDoesNotExist
from django.template.base import NodeList
from django.template.loader_tags import BLOCK_CONTEXT_KEY, BlockNode, ExtendsNode
from django.template.loaders import base, cached, filesystem
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from portal.kit.quick_templates.nodes import Chain, NodeWriter
from portal.kit.quick_templates.source import CannotWrite, Source

# Takes a context, and what each piece of the page is given to.
Draw = Callable[[Context, Callable[[str], None]], None]


class _Loader(base.Loader):
    """Lets Python draw each template that it loads."""

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        template = super().get_template(template_name, skip)
        if not self.engine.debug:  # whose error pages want to know each node
            template.nodelist = QuickNodes(template)
        return template


class Loader(cached.Loader, _Loader):
    """For the setting `loaders`: keeps what `_Loader` made of each template."""


_INDENTATION = re.compile(r"(?<=\n)[ \t]+")


class OwnTemplates(filesystem.Loader):
    """Our own templates without their indentation, which weighs a fifth of a page with many rows.

    The lines stay, so that an error is found where it says. Texts that are translated have to be
    `trimmed`, and no template may put a `pre` of several lines into its own.
    """

    def get_contents(self, origin: Origin) -> str:
        """Return the text of a template."""
        contents: str = super().get_contents(origin)
        return _INDENTATION.sub("", contents) if str(origin.name).endswith(".html") else contents


class QuickNodes(NodeList):
    """The nodes of a template, and the Python that draws them, made when they are first drawn."""

    def __init__(self, template: Template) -> None:
        super().__init__(template.nodelist)
        self._template = template

    @cached_property
    def draw(self) -> Draw | None:
        """The Python of the template; None when only Django can draw it."""
        try:
            return _function(_inheritance(self._template))
        except (CannotWrite, TemplateDoesNotExist):
            return None

    def render(self, context: Context) -> SafeString:
        """Draw the nodes. Django does it where texts are not escaped or blocks were replaced."""
        is_unusual = not context.autoescape or BLOCK_CONTEXT_KEY in context.render_context
        if is_unusual or self.draw is None:
            return super().render(context)
        parts: list[str] = []
        layers, depth = context.dicts, len(context.dicts)
        try:
            self.draw(context, parts.append)
        except BaseException:
            context.dicts = layers
            del layers[depth:]
            raise
        return SafeString("".join(parts))


def _inheritance(template: Template) -> list[Template]:
    """Return a template and those that it extends, the frame last."""
    chain = [template]
    while extends := _extends(chain[-1]):
        name: Any = extends.parent_name
        if name.is_var or name.filters or not isinstance(name.var, str):
            raise CannotWrite
        parent, _origin = template.engine.find_template(
            name.var, skip=[known.origin for known in chain]
        )
        chain.append(parent)
    return chain


def _extends(template: Template) -> ExtendsNode | None:
    return next((node for node in template.nodelist if isinstance(node, ExtendsNode)), None)


def _function(chain: list[Template]) -> Draw:
    """Return the Python of a template that extends the others of the chain."""
    blocks: dict[str, Chain] = {}
    for template in chain:
        for block in cast(list[BlockNode], template.nodelist.get_nodes_by_type(BlockNode)):
            blocks.setdefault(block.name, []).append((block, template))
    frame = chain[-1]
    source = Source(frozenset(), is_all_shared=False)
    NodeWriter(source, blocks).write(frame.nodelist, frame)
    if source.assigned or source.has_unknown:
        assigned, has_unknown = frozenset(source.assigned), source.has_unknown
        source = Source(assigned, is_all_shared=has_unknown)
        NodeWriter(source, blocks).write(frame.nodelist, frame)
    code = compile(source.whole(), f"<Python of {chain[0].name}>", "exec")
    exec(code, source.objects)  # noqa: S102  # made of our own templates
    return cast(Draw, source.objects["draw"])
