"""Rules on templates: every word is translated, and nothing breaks the content security policy."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.template.base import Lexer, Token, TokenType

from tests.architecture.finding import Finding

__all__ = ["inline_code", "lost_tokens", "untranslated_text"]

_WORDS = re.compile(r"[A-Za-z]{2,}|[\u3400-\u9fff]")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_READ_ATTRIBUTES = {
    "alt", "aria-description", "aria-label", "aria-placeholder", "aria-roledescription",
    "aria-valuetext", "hx-confirm", "hx-prompt", "label", "placeholder", "summary", "title",
}  # fmt: skip
_READ_DATA = re.compile(r"data-(?:[\w-]*-)?(?:confirm|hint|label|message|text|title)")
_READ_ARGUMENTS = re.compile(
    r"\b(?:caption|empty|heading|help|hint|label|message|placeholder|text|title)="
    r"(?:\"[^\"]*[A-Za-z]{2}[^\"]*\"|'[^']*[A-Za-z]{2}[^']*')"
)
# Blocks that children fill inside of an element's tag.
_INSIDE_A_TAG = re.compile(r"(?:^|_)(?:attributes?|class(?:es)?)$")
_NOT_READ = {"code", "kbd", "pre", "samp", "script", "style"}
_DATA_SCRIPTS = {"application/json", "application/ld+json", "importmap"}
_WITH_TOKEN = {"components/reason_dialog.html", "components/form.html", "components/undo.html"}
_VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
}  # fmt: skip


def untranslated_text(path: str, text: str) -> Iterator[Finding]:
    """Visible words outside of ``translate`` and ``blocktranslate``.

    Text, attributes that are read (title, alt, placeholder, aria-label …), arguments such as
    ``title="…"`` of other tags, and Chinese anywhere. What must not be translated says so with
    HTML's ``translate="no"``, or names its own language with ``lang``.
    """
    page = _Page(path)
    page.feed(_without_tags(text))
    page.close()
    yield from page.untranslated
    for token in Lexer(text).tokenize():
        if token.token_type in {TokenType.BLOCK, TokenType.VAR}:
            yield from _untranslated_arguments(path, token)


def inline_code(path: str, text: str) -> Iterator[Finding]:
    """Whatever a strict content security policy blocks.

    Styles and scripts in the page, handlers in ``on…`` attributes, ``javascript:`` addresses, and
    what htmx would have to evaluate: ``hx-on``, ``js:`` values and filters on triggers.
    """
    page = _Page(path)
    page.feed(_without_tags(text))
    page.close()
    yield from page.inline


def lost_tokens(path: str, text: str) -> Iterator[Finding]:
    """A dialog with a form of its own, included with ``only``: its form would be refused.

    ``only`` takes away the token against forged requests too, and ``{% csrf_token %}`` then
    writes nothing.
    """
    for token in Lexer(text).tokenize():
        words = token.split_contents() if token.token_type == TokenType.BLOCK else [""]
        if words[0] != "include" or "only" not in words:
            continue
        if words[1].strip("\"'") in _WITH_TOKEN and "csrf_token=csrf_token" not in words:
            yield Finding(path, token.lineno or 0, f"{words[1]} lacks csrf_token=csrf_token")


def _without_tags(text: str) -> str:
    """The markup with template tags taken out, what they translate too; lines stay in place."""
    parts: list[str] = []
    closing = ""
    for token in Lexer(text).tokenize():
        if token.token_type == TokenType.TEXT and not closing:
            parts.append(token.contents)
            continue
        if token.token_type == TokenType.BLOCK and not closing:
            closing = _end_of_silence(token)
        elif token.token_type == TokenType.BLOCK and token.contents.split()[0] == closing:
            closing = ""
        parts.append("\n" * token.contents.count("\n"))
        if token.token_type == TokenType.VAR and not closing:
            parts.append("0")
    return "".join(parts)


def _end_of_silence(token: Token) -> str:
    """The tag up to which nothing is read, if this tag begins such a stretch."""
    match token.contents.split():
        case ["blocktranslate" | "blocktrans" | "comment" as name, *_]:
            return f"end{name}"
        case ["block", name] if _INSIDE_A_TAG.search(name):
            return "endblock"
        case _:
            return ""


def _untranslated_arguments(path: str, token: Token) -> Iterator[Finding]:
    name = token.contents.split()[0]
    if token.token_type == TokenType.BLOCK and name in {"comment", "translate", "trans"}:
        return
    contents = re.sub(r"_\((\"[^\"]*\"|'[^']*')\)", "", token.contents)
    if _CHINESE.search(contents) or _READ_ARGUMENTS.search(contents):
        yield Finding(path, token.lineno or 0, f"untranslated argument in {{% {name} … %}}")


def _is_read(tag: str, name: str, values: dict[str, str]) -> bool:
    """Whether people read the attribute, or hear it; what a <button> shows is its content."""
    if name == "value":
        return tag == "input" and values.get("type") in {"button", "reset", "submit"}
    if name == "content":
        return values.get("name") == "description"
    return name in _READ_ATTRIBUTES or _READ_DATA.fullmatch(name) is not None


@dataclass
class _Page(HTMLParser):
    path: str
    untranslated: list[Finding] = field(default_factory=list)
    inline: list[Finding] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    """Open elements whose text nobody reads or that must not be translated, and those inside."""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._check_code(tag, values)
        silences = tag in _NOT_READ or values.get("translate") == "no"
        silences = silences or ("lang" in values and tag != "html")
        if not (silences or self.silent):
            self._check_words(tag, values)
        if tag not in _VOID and (silences or self.silent):
            self.silent.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.silent:
            while self.silent.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self.silent and _WORDS.search(data):
            words = " ".join(data.split())
            self._find(self.untranslated, f"untranslated text: {words[:60]!r}")

    def _check_words(self, tag: str, values: dict[str, str]) -> None:
        for name, value in values.items():
            if (_WORDS if _is_read(tag, name, values) else _CHINESE).search(value):
                self._find(self.untranslated, f"untranslated {name} of <{tag}>: {value[:60]!r}")

    def _check_code(self, tag: str, values: dict[str, str]) -> None:
        if tag == "style":
            self._find(self.inline, "a style element")
        if tag == "script" and "src" not in values and values.get("type") not in _DATA_SCRIPTS:
            self._find(self.inline, "a script in the page")
        for name, value in values.items():
            evaluated = name.startswith(("hx-on", "data-hx-on")) or value.startswith("js:")
            evaluated = evaluated or (name in {"hx-trigger", "data-hx-trigger"} and "[" in value)
            if name == "style" or (name.startswith("on") and name.isalpha()):
                self._find(self.inline, f"{name} of <{tag}>")
            elif evaluated or value.strip().lower().startswith("javascript:"):
                self._find(self.inline, f"{name} of <{tag}> would be evaluated")

    def _find(self, findings: list[Finding], message: str) -> None:
        findings.append(Finding(self.path, self.getpos()[0], message))
