"""Writes each kind of node as the Python that does what the node does.

A node that is not known here is drawn by Django itself, in the same context.
"""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.template import Context, Template, TemplateDoesNotExist, TemplateSyntaxError
from django.template.base import FilterExpression, Node, TextNode, VariableNode
from django.template.defaulttags import (
    CommentNode,
    CsrfTokenNode,
    FirstOfNode,
    ForNode,
    IfNode,
    LoadNode,
    TemplateLiteral,
    URLNode,
    WithNode,
)
from django.template.library import InclusionNode, SimpleNode
from django.template.loader_tags import BlockNode, IncludeNode, construct_relative_path
from django.templatetags.i18n import BlockTranslateNode, GetCurrentLanguageNode, TranslateNode
from django.templatetags.static import StaticNode
from django.utils.html import conditional_escape
from django.utils.translation import gettext, ngettext

from portal.kit.quick_templates.expressions import (
    write_condition,
    write_items,
    write_shown,
    write_value,
)
from portal.kit.quick_templates.running import InEachLanguage
from portal.kit.quick_templates.source import CannotWrite, Source

# The versions of a block, the one that is shown first, each with the template it stands in.
Chain = list[tuple[BlockNode, Template]]


# Where a method takes Any, Django's stubs do not know what the node holds.
class NodeWriter:
    """Writes the nodes of one page: its template, those that it extends and those it includes."""

    def __init__(self, source: Source, blocks: dict[str, Chain]) -> None:
        self.source = source
        self._blocks = blocks
        self._templates: list[Template] = []
        self._chains: list[Chain] = []

    def write(self, nodes: Iterable[Node], template: Template) -> None:
        """Write nodes that stand in `template`."""
        self._templates.append(template)
        for node in nodes:
            _WRITERS.get(type(node), NodeWriter._unknown)(self, node)
        self._templates.pop()

    @property
    def _template(self) -> Template:
        return self._templates[-1]

    def _nodes(self, nodes: Iterable[Node]) -> None:
        self.write(nodes, self._template)

    def _value(self, expression: FilterExpression) -> str:
        return write_value(self.source, expression, self._template)

    # Text and values

    def _text(self, node: TextNode) -> None:
        self.source.text(node.s)

    def _nothing(self, node: Node) -> None:
        """Write nothing, for a node that draws nothing."""

    def _variable(self, node: VariableNode) -> None:
        if str(node.filter_expression) == "block.super" and self._chains:
            self._version(self._chains[-1])
        else:
            write_shown(self.source, node.filter_expression, self._template)

    def _first_of(self, node: FirstOfNode) -> None:
        if node.asvar:
            self._draws_and_assigns(node, node.asvar)
        else:
            self._first(node.vars)

    def _first(self, expressions: list[FilterExpression]) -> None:
        """Write what shows the first value that is true."""
        if not expressions:
            return
        expression, *others = expressions
        answer = write_condition(self.source, TemplateLiteral(expression, ""))
        with self.source.block(f"if {answer}:"):
            write_shown(self.source, expression, self._template)
        with self.source.block("else:"):
            self._first(others)

    # Flow

    def _if(self, node: IfNode) -> None:
        self._branches(list(node.conditions_nodelists))

    def _branches(self, branches: list[tuple[Any, Any]]) -> None:
        if not branches:
            return
        (condition, nodes), *others = branches
        if condition is None:
            self._nodes(nodes)
            return
        answer = write_condition(self.source, condition)
        with self.source.block(f"if {answer}:"):
            self._nodes(nodes)
        if others:
            with self.source.block("else:"):
                self._branches(others)

    def _for(self, node: Any) -> None:
        source = self.source
        items = write_items(source, node.sequence)
        size, loop, layer, item, index = (source.new_name(letter) for letter in "nlfxi")
        outer_loop = source.name("forloop")
        source.line(f"{size} = len({items})")
        with source.block(f"if {size}:"):
            source.line(f"{loop} = {{'parentloop': {outer_loop} or {{}}}}")
            source.line(f"{layer} = {{'forloop': {loop}}}")
            source.line(f"context.dicts.append({layer})")
            ordered = f"reversed({items})" if node.is_reversed else items
            with source.block(f"for {index}, {item} in enumerate({ordered}):"):
                self._count_loop(loop, index, size)
                names = self._unpack(node, item, layer)
                with source.scope({**names, "forloop": loop}):
                    self._nodes(node.nodelist_loop)
            source.line("context.dicts.pop()")
        if node.nodelist_empty:
            with source.block("else:"):
                self._nodes(node.nodelist_empty)

    def _count_loop(self, loop: str, index: str, size: str) -> None:
        self.source.line(
            f"{loop}['counter0'] = {index}; {loop}['counter'] = {index} + 1; "
            f"{loop}['revcounter'] = {size} - {index}; "
            f"{loop}['revcounter0'] = {size} - {index} - 1; "
            f"{loop}['first'] = {index} == 0; {loop}['last'] = {index} == {size} - 1"
        )

    def _unpack(self, node: Any, item: str, layer: str) -> dict[str, str]:
        """Give the item, or the parts of it, their names."""
        if len(node.loopvars) == 1:
            names = {node.loopvars[0]: item}
        else:
            names = {name: self.source.new_name("x") for name in node.loopvars}
            self.source.line(f"{', '.join(names.values())} = {item}")
        for name, code in names.items():
            self.source.line(f"{layer}[{name!r}] = {code}")
        return names

    def _with(self, node: WithNode) -> None:
        names = {name: self._value(value) for name, value in node.extra_context.items()}
        self._in_layer(names, lambda: self._nodes(node.nodelist))

    def _in_layer(self, names: dict[str, str], body: Callable[[], None]) -> None:
        self.source.line(f"context.dicts.append({_dict(names)})")
        with self.source.scope(names):
            body()
        self.source.line("context.dicts.pop()")

    # Other templates

    def _block(self, node: BlockNode) -> None:
        self._version(self._blocks.get(node.name) or [(node, self._template)])

    def _version(self, chain: Chain) -> None:
        """Write the first version of a block; it may ask for the next with `block.super`."""
        if not chain:
            return
        (node, template), *above = chain
        self._chains.append(above)
        self._in_layer({}, lambda: self.write(node.nodelist, template))
        self._chains.pop()

    def _include(self, node: IncludeNode) -> None:
        included = self._included(node)
        if included is None:
            self._drawn_by_django(node)
            return
        names = {name: self._value(value) for name, value in node.extra_context.items()}
        if not node.isolated_context:
            self._in_layer(names, lambda: self.write(included.nodelist, included))
            return
        outer = self.source.new_name("d")
        self.source.line(f"{outer} = context.dicts")
        self.source.line(f"context.dicts = [{outer}[0], {_dict(names)}]")
        with self.source.scope(names, is_closed=True):
            self.write(included.nodelist, included)
        self.source.line(f"context.dicts = {outer}")

    def _included(self, node: Any) -> Template | None:
        """Return the template to write in place, unless only the moment can say which it is."""
        name = node.template
        if name.is_var or name.filters or not isinstance(name.var, str):
            return None
        full_name = construct_relative_path(node.origin.template_name, name.var)
        try:
            included = self._template.engine.get_template(full_name)
        except (TemplateDoesNotExist, TemplateSyntaxError):
            return None  # a mistake only if it is ever drawn: it may be of an app that is not here
        is_within_itself = any(included.origin == outer.origin for outer in self._templates)
        return included if not is_within_itself and is_simple(included.nodelist) else None

    # Words

    def _translate(self, node: TranslateNode) -> None:
        expression = node.filter_expression
        is_fixed = expression.var.lookups is None and not expression.filters
        if node.message_context or not is_fixed:
            self._draws_and_assigns(node, node.asvar)
            return
        words = self.source.constant(InEachLanguage(lambda: _translation(node)))
        if node.asvar:
            self.source.assign(node.asvar, f"{words}[language]")
        else:
            self.source.line(f"add({words}[language])")

    def _block_translate(self, node: Any) -> None:
        if node.message_context or node.asvar:
            self._draws_and_assigns(node, node.asvar)
            return
        source = self.source
        singular, names = node.render_token_list(node.singular)
        values = {name: self._value(value) for name, value in node.extra_context.items()}
        if node.plural:
            plural, plural_names = node.render_token_list(node.plural)
            names = [*names, *plural_names]
            values[node.countervar] = count = self._value(node.counter)
            texts = f"{source.constant(singular)}, {source.constant(plural)}"
            pattern = f"{source.constant(ngettext)}({texts}, {count})"
        else:
            pattern = f"{source.constant(InEachLanguage(lambda: gettext(singular)))}[language]"
        with source.scope(values):
            parts = {name: f"part({source.name(name)}, context)" for name in names}
        with source.block("try:"):
            source.line(f"add({pattern} % {_dict(parts)})")
        with source.block("except Exception:"):
            self._drawn_by_django(node)

    # Tags

    def _simple_tag(self, node: SimpleNode) -> None:
        source = self.source
        words = ["context"] if node.takes_context else []
        words += [self._value(value) for value in node.args]
        words += [f"{name}={self._value(value)}" for name, value in node.kwargs.items()]
        call = f"{source.constant(node.func)}({', '.join(words)})"
        if node.target_var is not None:
            source.assign(node.target_var, call)
        else:
            source.line(f"add(shown_output({call}))")

    def _url(self, node: URLNode) -> None:
        if node.view_name.is_var:
            self._draws_and_assigns(node, node.asvar)
            return
        source = self.source
        args = ", ".join(self._value(value) for value in node.args)
        kwargs = _dict({name: self._value(value) for name, value in node.kwargs.items()})
        name, is_optional = source.constant(str(node.view_name.var)), node.asvar is not None
        call = f"address(site, {name}, ({args}{',' if args else ''}), {kwargs}, {is_optional})"
        if node.asvar:
            source.assign(node.asvar, call)
        else:
            source.line(f"add(escape({call}))")

    def _static(self, node: StaticNode) -> None:
        if node.path.is_var or node.path.filters or node.varname:
            self._draws_and_assigns(node, node.varname)
            return
        url = cache(lambda: conditional_escape(node.handle_simple(node.path.var)))
        self.source.line(f"add({self.source.constant(url)}())")

    def _current_language(self, node: GetCurrentLanguageNode) -> None:
        self.source.assign(node.variable, "language")

    def _csrf_token(self, node: CsrfTokenNode) -> None:
        source = self.source
        token = source.name("csrf_token")
        source.line(f"add(csrf_input({token}, {source.constant(node)}, context))")

    # What Django draws

    def _draws_and_assigns(self, node: Node, name: str | None) -> None:
        """Leave a node to Django that may put a name into the context and changes nothing else."""
        if name:
            self.source.assigned.add(name)
        self._drawn_by_django(node)

    def _drawn_by_django(self, node: Node) -> None:
        self.source.line(f"add({self.source.constant(node)}.render_annotated(context))")

    def _unknown(self, node: Node) -> None:
        if node.get_nodes_by_type(BlockNode):
            raise CannotWrite  # Django would look in vain for what replaces the block
        self.source.has_unknown = True
        self._drawn_by_django(node)


_WRITERS: dict[type[Node], Callable[[NodeWriter, Any], None]] = {
    TextNode: NodeWriter._text,
    CommentNode: NodeWriter._nothing,
    LoadNode: NodeWriter._nothing,
    VariableNode: NodeWriter._variable,
    FirstOfNode: NodeWriter._first_of,
    IfNode: NodeWriter._if,
    ForNode: NodeWriter._for,
    WithNode: NodeWriter._with,
    BlockNode: NodeWriter._block,
    IncludeNode: NodeWriter._include,
    TranslateNode: NodeWriter._translate,
    BlockTranslateNode: NodeWriter._block_translate,
    SimpleNode: NodeWriter._simple_tag,
    URLNode: NodeWriter._url,
    StaticNode: NodeWriter._static,
    GetCurrentLanguageNode: NodeWriter._current_language,
    CsrfTokenNode: NodeWriter._csrf_token,
    InclusionNode: NodeWriter._drawn_by_django,
}


def is_simple(nodes: Iterable[Node]) -> bool:
    """Whether all nodes here, and those within them, are known and none may be replaced."""
    return all(
        type(node) in _WRITERS
        and not isinstance(node, BlockNode)
        and all(is_simple(getattr(node, name, None) or ()) for name in node.child_nodelists)
        for node in nodes
    )


def _dict(items: dict[str, str]) -> str:
    """Return the code of a dict of names to values."""
    return "{" + ", ".join(f"{name!r}: {code}" for name, code in items.items()) + "}"


def _translation(node: TranslateNode) -> str:
    """Return the words of a node with fixed words, in the language of the moment."""
    scratch = Context()
    text = node.render(scratch)
    return str(scratch[node.asvar]) if node.asvar else text
