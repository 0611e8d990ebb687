"""Shows every part of the design kit on one page, about an invented family, for looking at and testing.

.venv/bin/python -m tests.web.kit.preview FOLDER      writes FOLDER/index.html and pictures of it
"""

import functools
import http.server
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import django
from django.conf import settings

KIT = Path(__file__).parents[3] / "src/goldenthread/web/kit"
CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

PAGE = """
{% extends "kit/layout.jinja" %}
{% import "kit/components.jinja" as kit %}
{% set navigation = [{"text": "My families", "href": "/", "current": true}, {"text": "Imports", "href": "/"}] %}
{% set person = {"name": "Ama Boateng", "agency": "Health visiting"} %}
{% set sign_out_url = "/sign-out" %}
{% set help_url = "/help" %}
{% set demonstration = true %}
{% set back_link = {"text": "Back to my families", "href": "/"} %}
{% set made_by = "Seen as health visiting on Tuesday 3 March 2026 at 14:02 by Ama Boateng" %}
{% set print_reference = "GT-4821" %}
{% set marking = "Official-Sensitive" %}
{% block title %}History{% endblock %}
{% block identity %}
{{ kit.identity_bar("GT-4821", [{"name": "Ottilie Hargreave-Osei", "age": "9 weeks", "href": "#"}, {"name": "Kofi Osei", "age": "4 years"}],
   "Child in need plan since 9 January 2026. Not yet considered against 2 entries.", {"text": "Add what I know", "href": "#add"}) }}
{{ kit.sub_navigation([{"text": "Summary", "href": "#"}, {"text": "History", "href": "#", "current": true}, {"text": "Network", "href": "#"},
   {"text": "Picture", "href": "#"}, {"text": "Plan", "href": "#"}, {"text": "Decisions", "href": "#"}, {"text": "Meetings", "href": "#"}, {"text": "Sharing", "href": "#"}]) }}
{% endblock %}
{% block main %}
{{ kit.error_summary([{"text": "Enter the year, or choose Not known", "href": "#happened"}]) }}
{{ kit.warning_notes(["Do not leave a message on the landline. Ring Ms Hargreave's mobile before 3pm.", "Kofi's father must not be told the family's address."]) }}
<h1 class="govuk-heading-l">History</h1>
{{ kit.filter_sentence(["As known to", {"chip": "every agency I may see", "href": "#", "change": "Change"}, "on", {"chip": "Tuesday 3 March 2026", "href": "#", "change": "Change"},
   "showing", {"chip": "missed appointments", "href": "#"}, "from", {"chip": "health visiting"}]) }}
{{ kit.legend(open=true) }}
<div class="govuk-grid-row">
<div class="govuk-grid-column-two-thirds">
<h2 class="govuk-heading-m">March 2026</h2>
{% call kit.timeline("March 2026") %}
{% call kit.timeline_item("Home visit: baby asleep in bouncer", "Tuesday 3 March 2026", by="health visiting", shape="saw", weight="concern", machine="2026-03-03", href="#", mark_label="Seen first hand: a concern") %}
<p class="gt-timeline__text govuk-body govuk-!-margin-bottom-0">Ottilie was asleep in her bouncer in the front room. Mum said she settles there after feeds. We talked about the cot and moved it next to the bed together.</p>
{{ kit.provenance_line("Seen by the health visitor", "health visiting", "3 March 2026", [{"agency": "GP practice", "when": "4 March"}, {"agency": "social care", "when": "14 March"}], ["police", "nursery"]) }}
{% endcall %}
{% call kit.timeline_item("Dean stays most nights", "about 2 March 2026", by="midwifery", shape="told", ring=true, mark_label="Told, and disputed") %}
{{ kit.provenance_line("Told to the midwife by Ms Hargreave", "midwifery", "2 March 2026", recorded="6 March 2026") }}
{% endcall %}
{{ kit.timeline_item("Gran moved back to be nearby", "February 2026", by="nursery", shape="saw", weight="strength") }}
{{ kit.timeline_item("Appointment not attended", "24 February 2026", by="community paediatrics", shape="record", weight="concern", struck=true) }}
{{ kit.timeline_item("Family may be sharing a room", "about winter 2025", by="housing", shape="inferred") }}
{% endcall %}
{{ kit.masked_entry("March 2026", "Joan Pritchard", "01632 960 114") }}
{{ kit.empty_state("No meetings yet", "When a meeting is called, who is asked and what was decided will be here.", {"text": "Call a meeting", "href": "#"}) }}
{{ kit.progress("Merging three chronologies", 2, 5, "comparing dates from the police file") }}
</div>
<div class="govuk-grid-column-one-third">
{{ kit.summary_card("Who lives here now", [{"key": "Ruth Hargreave, mother", "value": "since 2023", "source": "Seen by health visiting, 3 March"}, {"key": "Dean, surname not known", "value": "most nights since about 2 March", "source": "Told by midwifery"}], [{"text": "Change", "href": "#"}]) }}
{% call kit.summary_card("Last seen") %}<p>Ottilie: 3 March 2026, by Ama Boateng, with her mother.</p>{% endcall %}
<p class="gt-badges">{{ kit.badge("New to me", "brand") }} {{ kit.badge("Needs review", "attention") }} {{ kit.badge("Holding", "strength") }} {{ kit.badge("Draft", "quiet") }} {{ kit.badge("Disputed") }}</p>
</div>
</div>
<h2 class="govuk-heading-l" id="add">Add what I know</h2>
<form method="post" action="/record" data-autosave-url="/draft">
<input type="hidden" name="csrfmiddlewaretoken" value="invented">
{{ kit.people_chips("people", "Who is this about?", [{"value": "1", "text": "Ottilie", "about": "9 weeks", "checked": true}, {"value": "2", "text": "Kofi", "about": "4 years"}, {"value": "3", "text": "Ruth Hargreave", "about": "mother"}, {"value": "new", "text": "Someone not listed"}], hint="Choose everyone it concerns.") }}
<div class="govuk-form-group"><label class="govuk-label" for="what">What happened?</label><textarea class="govuk-textarea" id="what" name="what" rows="5"></textarea></div>
{{ kit.date_question("happened", "When did it happen?", {"day": "3", "month": "3", "precision": "about"}, error="Enter the year, or choose Not known") }}
{{ kit.saved_at() }}
{{ kit.primary_button("Save and continue") }}
</form>
{% endblock %}
"""


def environment():
    """The kit's environment, under whatever settings are in force, or plain ones."""
    if not settings.configured:
        settings.configure(STATIC_URL="/static/")
    django.setup()
    from goldenthread.web.kit.environment import environment as build

    return build()


def write(folder: Path) -> Path:
    """Render the preview to `folder`, beside the kit's static files, and give its path."""
    folder.mkdir(parents=True, exist_ok=True)
    link = folder / "static"
    if not link.exists():
        link.symlink_to(KIT / "static")
    page = folder / "index.html"
    page.write_text(environment().from_string(PAGE).render(request=None), encoding="utf-8")
    return page


class _Pages(http.server.SimpleHTTPRequestHandler):
    """Serves the folder under the service's own content policy; takes drafts, and says so."""

    def end_headers(self):
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def do_POST(self):
        sent = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/draft":
            time.sleep(self.server.takes)
        self.server.posted.append((self.path, dict(self.headers), sent))
        self.send_response(self.server.answers)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(
            b'<!doctype html><title>Sent</title><link rel="icon" href="/static/kit/favicon.svg">'
        )

    def log_message(self, *_):
        """Say nothing."""


@contextmanager
def served(folder: Path):
    """Serve `folder` on loopback; yields the server, with `.address`, `.posted`, `.answers`.

    `.takes` is how long it takes over a draft, in seconds.
    """
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(_Pages, directory=str(folder))
    )
    server.address = f"http://127.0.0.1:{server.server_port}/index.html"
    server.posted, server.answers, server.takes = [], 200, 0.0
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def picture(folder: Path) -> None:
    """Take pictures of the preview: wide, phone, forced colours, and print."""
    from playwright.sync_api import sync_playwright

    write(folder)
    with served(folder) as server, sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=str(CHROMIUM), headless=True, args=CHROMIUM_ARGS
        )
        for name, width, forced in (
            ("wide", 1280, "none"),
            ("phone", 360, "none"),
            ("forced", 1280, "active"),
        ):
            page = browser.new_page(viewport={"width": width, "height": 800}, forced_colors=forced)
            page.goto(server.address, wait_until="networkidle")
            page.screenshot(path=folder / f"{name}.png", full_page=True)
            if name == "wide":
                page.emulate_media(media="print")
                page.screenshot(path=folder / "print.png", full_page=True)
                page.pdf(path=folder / "print.pdf", format="A4", prefer_css_page_size=False)
            page.close()
        browser.close()


if __name__ == "__main__":
    picture(Path(sys.argv[1]))
