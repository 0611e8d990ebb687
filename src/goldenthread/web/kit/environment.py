"""The Jinja2 environment of every page, for Django's Jinja2 backend.

What it is: one place that decides escaping, strictness, and where shared templates are found, so
that a page cannot quietly print an empty space where a fact should be. The GOV.UK macros come
from a library written for lenient templates, so they are compiled apart, leniently; every
template of our own is strict: a name that was not given is an error, never a blank.

It must never: mark text as safe, format a fact about a family, or read the database.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
from django.templatetags.static import static
from django.urls import reverse

from goldenthread.domain.chronology.two_windows import page_words
from goldenthread.web.kit import clock

LIBRARY = "govuk_frontend_jinja"
KIT_TEMPLATES = Path(__file__).parent / "templates"

# Filters that pages add: name -> function. Add to it before the first template is rendered.
FILTERS: dict[str, Callable[..., Any]] = {}


class HouseEnvironment(jinja2.Environment):
    """A strict environment that hands the GOV.UK macro library to a lenient one of its own."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        library = jinja2.PrefixLoader({LIBRARY: jinja2.PackageLoader(LIBRARY)})
        self._library = jinja2.Environment(
            loader=library, autoescape=True, trim_blocks=True, lstrip_blocks=True
        )

    def get_template(self, name, parent=None, globals=None):
        """Find a template; one of the GOV.UK library is compiled with lenient undefined names."""
        if isinstance(name, str) and name.startswith(LIBRARY + "/"):
            return self._library.get_template(name)
        return super().get_template(name, parent, globals)


def environment(**options: Any) -> jinja2.Environment:
    """Build the environment from the options Django's backend passes.

    `options["loader"]`, when given, is asked first; the kit's own templates stand beside it.
    Autoescape is always on and undefined names always raise, whatever was asked for.
    """
    given = options.pop("loader", None)
    kit = jinja2.FileSystemLoader(KIT_TEMPLATES)
    options["loader"] = kit if given is None else jinja2.ChoiceLoader([given, kit])
    options["autoescape"] = True
    options["undefined"] = jinja2.StrictUndefined
    options["trim_blocks"] = options["lstrip_blocks"] = True
    house = HouseEnvironment(**options)
    house.globals.update(static=static, url=_url, new_page=_new_page)
    house.filters.update(FILTERS)
    return house


def _new_page() -> str:
    """Name the page that is being made, for the draft of its form: `{{ new_page() }}`."""
    return page_words(clock.new_id(), clock.now())


def _url(name: str, *args: Any, **kwargs: Any) -> str:
    """Give the address of a named page: `{{ url("family", reference=ref) }}`."""
    return reverse(name, args=args or None, kwargs=kwargs or None)
