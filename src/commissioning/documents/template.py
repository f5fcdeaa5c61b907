"""Filling in a Word template: officers edit the templates, providers' words go in, and neither can harm the other."""

from __future__ import annotations

import difflib
import hashlib
import html
import io
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateRuntimeError, TemplateSyntaxError, UndefinedError
from jinja2 import TemplateError as JinjaError
from jinja2.sandbox import SandboxedEnvironment

from commissioning.documents.package import open_package, parse_xml, write_package
from commissioning.documents.properties import serialised, with_properties
from commissioning.errors import TemplateError
from commissioning.values.showing import show_day, show_moment, show_money, show_percent
from commissioning.values.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jinja2 import Undefined
    from lxml.etree import _Element as Element

BODY: Final = "word/document.xml"
WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
END: Final = "end_of_document"
MARKER: Final = "End of document {proof}"
TAG_OPENINGS: Final = ("{{", "{%", "{#")
MARKUP: Final = re.compile(r"<[^>]*>")
REMEDY: Final = "Mend the template in Word and run the command again."

# What a template may do with a value. Nothing here returns markup of its own: `safe` is left out on purpose.
FILTERS: Final = frozenset(
    {"capitalize", "count", "default", "dictsort", "first", "groupby", "items", "join", "last", "length", "list"}
    | {"lower", "map", "max", "min", "reject", "rejectattr", "replace", "reverse", "select", "selectattr", "sort"}
    | {"sum", "title", "trim", "unique", "upper"}
)
GLOBALS: Final = frozenset({"namespace", "range"})


def render_template(
    template: bytes, name: str, context: Mapping[str, object], *, properties: Mapping[str, str] | None = None
) -> bytes:
    """Return the template filled in; the same template and context always give the same bytes.

    `context` holds text, whole numbers, Decimals, dates, booleans, None, and lists and mappings of these. Text is
    never read as a tag, as markup or as a field. `properties` are the document's; its title is else the context's.
    The template must end with a paragraph of its own, `{{ end_of_document }}`, which proves that nothing was cut
    and is then taken out. TemplateError names the template, the tag and the nearest name that would have done.
    """
    open_package(template, name)
    values = {key: checked(value, key) for key, value in context.items()}
    proof = hashlib.sha256(template + repr(values).encode("utf-8", "replace")).hexdigest()
    marker = MARKER.format(proof=proof)
    parts = filled(template, name, values, marker)
    parts[BODY] = without_marker(parts[BODY], name, marker)
    title = {"title": str(values["title"])} if "title" in values else {}
    return write_package(with_properties(parts, {**title, **(properties or {})}))


def checked(value: object, path: str) -> object:
    """Return a value a template may be given, its texts cleaned; another kind of value is a fault of the caller."""
    if isinstance(value, str):
        return clean(value)
    if value is None or isinstance(value, bool | int | Decimal | date):
        return value
    if isinstance(value, list | tuple):
        return [checked(item, f"{path}[{index}]") for index, item in enumerate(value)]
    if isinstance(value, dict):
        return {key: checked(item, f"{path}.{key}") for key, item in value.items()}
    raise TypeError(f"{path}: a template is not given a {type(value).__name__}.")


def filled(template: bytes, name: str, values: dict[str, object], marker: str) -> dict[str, bytes]:
    """The parts of the filled document, the marker still in it."""
    document = Filled(io.BytesIO(template))
    document.name = name
    try:
        document.render({**values, END: marker}, environment(tuple(values)), autoescape=True)
    except UndefinedError as error:
        raise TemplateError(f"{name}: {error.message} {REMEDY}") from error
    except TemplateSyntaxError as error:
        raise TemplateError(f"{name}: a tag cannot be read: {sentence(error.message)}{near(error)} {REMEDY}") from error
    except (JinjaError, TypeError, ValueError, ArithmeticError, LookupError) as error:
        raise TemplateError(f"{name}: a tag cannot be worked out: {sentence(str(error))} {REMEDY}") from error
    saved = io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as archive:
        return {part: archive.read(part) for part in archive.namelist()}


class Filled(DocxTemplate):  # type: ignore[misc] # docxtpl has no types
    """A template that refuses to leave a tag of its own unread."""

    name = ""

    def render_xml_part(self, src_xml: str, part: object, context: dict[str, Any], jinja_env: object = None) -> str:
        """Fill in one part. Braces in values are written as character references, so those left are the template's."""
        xml = str(super().render_xml_part(src_xml, part, context, jinja_env))
        text = MARKUP.sub("", xml)
        for opening in TAG_OPENINGS:
            if opening in text:
                at = text.index(opening)
                raise TemplateError(f"{self.name}: a tag was left unread: “{text[at : at + 40].strip()}”. {REMEDY}")
        return xml


def sentence(message: str | None) -> str:
    """End the words of the template engine with a full stop, once."""
    return f"{(message or 'it is broken').rstrip('.')}."


def near(error: TemplateSyntaxError) -> str:
    """Where in the template, in the words around the tag."""
    lines = [line.strip() for line in getattr(error, "docx_context", ())]
    tags = [line for line in lines if any(opening in line for opening in TAG_OPENINGS)]
    return f" It stands near “{tags[0][:80]}”." if tags else ""


def without_marker(body: bytes, name: str, marker: str) -> bytes:
    """Return the body without the paragraph of the marker; TemplateError if it is not there."""
    root = parse_xml(body, name, BODY)
    for paragraph in root.iter(f"{WORD}p"):
        if "".join(node.text or "" for node in paragraph.iter(f"{WORD}t")).strip() == marker:
            drop(paragraph)
            return serialised(root)
    raise TemplateError(
        f"{name}: the document was cut, or the template does not end with a paragraph of its own that says "
        f"{{{{ {END} }}}}. {REMEDY}"
    )


def drop(element: Element) -> None:
    """Take the element out of what holds it."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


# The environment


class Environment(SandboxedEnvironment):
    """Names reach only what the context holds: `row.items` is the row's own "items", never a method."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The entry of a mapping, or an attribute that the sandbox allows."""
        if isinstance(obj, dict):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


def environment(names: tuple[str, ...]) -> Environment:
    """Return a sandbox that escapes everything, knows a few filters, and fails at names it does not know."""
    made = Environment(autoescape=True, undefined=undefined_among(names), finalize=shown)
    made.filters = {name: made.filters[name] for name in FILTERS}
    made.globals = {name: made.globals[name] for name in GLOBALS}
    for name, show in (("money", show_money), ("day", show_day), ("moment", show_moment), ("percent", show_percent)):
        made.filters[name] = showing(name, show)
    return made


def undefined_among(names: tuple[str, ...]) -> type[Undefined]:
    """A missing name that says so, and which known name is nearest."""

    class Missing(StrictUndefined):
        @property
        def _undefined_message(self) -> str:
            name = str(self._undefined_name)
            known = self._undefined_obj if isinstance(self._undefined_obj, dict) else names
            nearest = difflib.get_close_matches(name, [str(key) for key in known], n=1, cutoff=0.0)
            hint = f" The nearest name is “{nearest[0]}”." if nearest else ""
            return f"a tag asks for “{name}”, which this document is not given.{hint}"

    return Missing


class Written(str):
    """Text already written as markup, which the template engine is not to escape again."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


def shown(value: object) -> object:
    """A value as it goes into the document; what a macro made is there already.

    Braces become character references, which nothing reads as a tag again.
    """
    if isinstance(value, StrictUndefined) or hasattr(value, "__html__"):
        return value
    if value is None:
        raise TemplateRuntimeError("a tag prints a value that is empty; let the template say what to print then.")
    if isinstance(value, bool):
        value = "Yes" if value else "No"
    elif isinstance(value, date):
        value = show_moment(value) if isinstance(value, datetime) else show_day(value)
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return Written(html.escape(clean(text)).replace("{", "&#123;").replace("}", "&#125;"))


def showing(name: str, show: Callable[[Any], str]) -> Callable[[Any], str]:
    """A filter whose fault names it, so that the officer can find the tag."""

    def show_or_explain(value: Any) -> str:
        if isinstance(value, StrictUndefined):
            str(value)
        try:
            return show(value)
        except (TypeError, ValueError, AttributeError, InvalidOperation) as error:
            raise TemplateRuntimeError(f"“{name}” cannot show {value!r}.") from error

    return show_or_explain
