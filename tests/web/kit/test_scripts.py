"""The scripts we wrote: nothing of a page is put where a script could take it for its own words,
nothing of a record is kept by the browser, and no object is written to by a name that came from
elsewhere. Libraries are held to it by how they are set up, and by the policy of content."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

WEB = Path(__file__).parents[3] / "src/goldenthread/web"
LIBRARIES = {"htmx.min.js", "govuk.js"}
OURS = sorted(file for file in WEB.glob("*/static/**/*.js") if file.name not in LIBRARIES)
# What would make a page's words a program, or a name from elsewhere a property of every object.
NEVER = {
    "words made a program": r"\beval\b|new Function|setTimeout\(\s*['\"`]|setInterval\(\s*['\"`]",
    "words made a page": r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc",
    "every object changed": r"__proto__|\bprototype\s*[.\[=]|setPrototypeOf|defineProperty",
    "written to by a name from elsewhere": r"\[[^\]'\"\d]+\]\s*(?:=(?!=)|\+=|\?\?=|\|\|=)",
    "objects merged": r"Object\.assign|Object\.fromEntries|structuredClone|\bmerge\b|\bextend\b",
    "every property of an object": r"for\s*\(\s*(?:const|let|var)\s+\w+\s+in\b",
    "kept by the browser": r"sessionStorage|indexedDB|document\.cookie|caches\.|serviceWorker",
    "another window spoken to": r"postMessage|window\.opener|window\.open\(",
    "a global of our own": r"\bwindow\.\w+\s*=(?!=)|globalThis\.\w+\s*=(?!=)",
}


def words_of(file: Path) -> str:
    """A script without its comments."""
    return re.sub(r"(?m)(?<![:'\"])//.*$|/\*[\s\S]*?\*/", "", file.read_text(encoding="utf-8"))


def test_there_are_scripts_to_look_at():
    assert {"autosave.js", "network.js", "passkeys.js", "shortcuts.js"} <= {
        one.name for one in OURS
    }


@pytest.mark.parametrize("what", NEVER)
def test_no_script_of_ours_does_it(what):
    found = [
        f"{file.name}: {match.group()}"
        for file in OURS
        for match in re.finditer(NEVER[what], words_of(file))
    ]
    assert found == []


def test_only_a_page_of_our_own_is_read_as_a_page():
    """The network's next drawing: asked of this host, whose scripts a parsed page does not run."""
    found = {file.name for file in OURS if "DOMParser" in words_of(file)}
    assert found == {"network.js"}


@pytest.mark.parametrize(
    ("what", "planted"),
    [
        ("words made a program", "setTimeout('go()', 1)"),
        ("words made a page", "x.innerHTML = said"),
        ("every object changed", "a['__proto__'] = b"),
        ("written to by a name from elsewhere", "kept[name] = value"),
        ("objects merged", "Object.assign(into, JSON.parse(said))"),
        ("every property of an object", "for (const part in said) {}"),
        ("kept by the browser", "sessionStorage.setItem('text', words)"),
        ("another window spoken to", "parent.postMessage(words, '*')"),
        ("a global of our own", "window.drafts = {}"),
    ],
)
def test_it_would_be_noticed(what, planted):
    assert re.search(NEVER[what], planted)


def test_a_browser_keeps_a_choice_of_shortcuts_and_nothing_else():
    stored = {
        (file.name, match.group(1))
        for file in OURS
        for match in re.finditer(r"localStorage\.(?:setItem|getItem)\(([^,)]+)", words_of(file))
    }
    assert stored == {("shortcuts.js", "OFF")}
    assert "const OFF = 'goldenthread-shortcuts-off'" in (
        WEB / "kit/static/kit/shortcuts.js"
    ).read_text(encoding="utf-8")


def test_the_library_keeps_no_page_runs_no_words_and_asks_nobody_else():
    layout = (WEB / "kit/templates/kit/layout.jinja").read_text(encoding="utf-8")
    told = json.loads(re.search(r"name=\"htmx-config\" content='([^']+)'", layout).group(1))

    assert told["historyCacheSize"] == 0
    assert told["allowEval"] is False and told["allowScriptTags"] is False
    assert told["selfRequestsOnly"] is True
    kept = re.compile(r"hx-(?:push-url|replace-url|boost|history|on|vals|vars|headers|ext)\b")
    pages = [file for file in WEB.rglob("*.jinja") if kept.search(file.read_text(encoding="utf-8"))]
    assert [file.name for file in pages] == []
