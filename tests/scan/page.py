"""What a page leads to: the links and the forms that are in it, with what they hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

TYPED = frozenset({"text", "search", "email", "password"})


@dataclass
class Form:
    """A form as it stands in a page: where it leads, how, and what it would send."""

    action: str
    method: str
    files: list[str] = field(default_factory=list)  # the names of the fields that take one
    typed: list[str] = field(default_factory=list)  # of those that somebody types in
    chosen: list[str] = field(default_factory=list)  # of those that somebody chooses from
    fields: dict[str, str] = field(default_factory=dict)


class Page(HTMLParser):
    """The links and forms of one page; `address` is where it was found."""

    def __init__(self, address: str, html: str) -> None:
        super().__init__()
        self.address = address
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._in: Form | None = None
        self._select: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a link, a form, or a field of the form that is open."""
        said = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in said:
            self.links.append(urljoin(self.address, said["href"]).partition("#")[0])
        elif tag == "form":
            action = urljoin(self.address, said.get("action", "")).partition("#")[0]
            self._in = Form(action, said.get("method", "get").upper())
            self.forms.append(self._in)
        elif self._in is not None:
            self._field(tag, said)

    def handle_endtag(self, tag: str) -> None:
        """Close a form or a list of choices."""
        if tag == "form":
            self._in = None
        elif tag == "select":
            self._select = None

    def _field(self, tag: str, said: dict[str, str]) -> None:
        fields, name = self._in.fields, said.get("name", "")
        if tag == "option" and self._select:
            if "selected" in said or not fields[self._select]:
                fields[self._select] = said.get("value", "")
        elif tag == "select" and name:
            self._select = name
            self._in.chosen.append(name)
            fields.setdefault(name, "")
        elif tag == "textarea" and name:
            self._in.typed.append(name)
            fields.setdefault(name, "x")
        elif tag == "input" and said.get("type") == "file":
            self._in.files.append(name)
        elif tag in ("input", "button") and name:
            # A field somebody would fill is given something to say, or it would be asked for.
            typed = tag == "input" and said.get("type", "text") in TYPED
            if typed:
                self._in.typed.append(name)
            elif said.get("type") in ("radio", "checkbox"):
                self._in.chosen.append(name)
            fields.setdefault(name, said.get("value", "") or ("x" if typed else ""))
