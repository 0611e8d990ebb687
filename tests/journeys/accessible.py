"""Runs axe on a page; the gate is WCAG 2.2 AA, and people try the pages too."""

from __future__ import annotations

from pathlib import Path

AXE = (Path(__file__).parents[1] / "web/axe/axe.min.js").read_text(encoding="utf-8")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDTHS = (320, 768, 1280)
SEEDED = """() => {
  const box = document.createElement('div')
  box.innerHTML = '<img src="/static/kit/favicon.svg"><input type="text">' +
    '<p class="seeded-pale">Words too pale to read</p><button type="button"></button>' +
    '<a class="seeded-tiny" href="#a">a</a><a class="seeded-tiny" href="#b">b</a>'
  document.querySelector('main').append(box)
  Object.assign(box.querySelector('.seeded-pale').style, {color: '#ccc', background: '#fff'})
  for (const tiny of box.querySelectorAll('.seeded-tiny'))
    Object.assign(tiny.style,
      {display: 'inline-block', width: '10px', height: '10px', fontSize: '8px'})
}"""
SEEDED_RULES = {"image-alt", "label", "color-contrast", "button-name", "target-size"}


def broken_rules(page) -> dict[str, list[str]]:
    """The rules the page breaks as it stands, each with the first elements that break it."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate(
        """tags => axe.run(document, {runOnly: {type: 'tag', values: tags},
                                     resultTypes: ['violations']})""",
        WCAG,
    )
    return {
        one["id"]: [node["html"][:200] for node in one["nodes"]][:3] for one in found["violations"]
    }


def broken_at_every_width(page) -> dict[int, dict[str, list[str]]]:
    """What is broken at each of three widths, sideways scrolling too; empty is good."""
    broken: dict[int, dict[str, list[str]]] = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        rules = broken_rules(page)
        wide = page.evaluate("() => document.documentElement.scrollWidth")
        if wide > width:
            rules["scrolls-sideways"] = [f"{wide} px wide"]
        if rules:
            broken[width] = rules
    return broken
