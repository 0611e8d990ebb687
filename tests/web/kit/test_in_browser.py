"""The kit in a real browser: accessible, within its page, silent to other hosts, kind to what is typed.

The seeded control proves that the accessibility check can fail.
"""

import pytest

from tests.web.kit import preview

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not preview.CHROMIUM.exists(), reason="needs chromium"),
]
AXE = preview.Path(__file__).parents[1] / "axe/axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SEEDED = """() => {
  const box = document.createElement('div')
  box.innerHTML = '<img src="/static/kit/favicon.svg"><input type="text"><p class="pale">Pale words that cannot be read</p>' +
    '<button type="button"></button><a class="tiny" href="#a">a</a><a class="tiny" href="#b">b</a>'
  document.querySelector('main').append(box)
  const pale = box.querySelector('.pale'); pale.style.color = '#cccccc'
  for (const a of box.querySelectorAll('.tiny')) Object.assign(a.style, {display: 'inline-block', width: '10px', height: '10px', fontSize: '8px'})
}"""


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=str(preview.CHROMIUM), headless=True, args=preview.CHROMIUM_ARGS
        )
        yield browser
        browser.close()


@pytest.fixture
def server(tmp_path):
    preview.write(tmp_path)
    with preview.served(tmp_path) as server:
        yield server


@pytest.fixture
def visit(browser, server):
    """Open the preview; at the end, fail for any console error, failed request or other host."""
    opened, trouble = [], []

    def opens(width=1280, height=800, **how):
        page = browser.new_page(viewport={"width": width, "height": height}, **how)
        page.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on(
            "requestfailed",
            lambda asked: (
                None if asked.failure == "net::ERR_ABORTED" else trouble.append(asked.url)
            ),
        )
        page.on(
            "request",
            lambda asked: (
                None if asked.url.startswith("http://127.0.0.1") else trouble.append(asked.url)
            ),
        )
        page.goto(server.address)
        page.wait_for_load_state("networkidle")
        opened.append(page)
        return page

    opens.trouble = trouble
    yield opens
    for page in opened:
        page.close()
    assert trouble == []


def violations(page, tags=WCAG):
    """The axe rules that the page breaks: {rule: first offending elements}."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", tags)
    return {
        one["id"]: [node["html"][:160] for node in one["nodes"]][:3] for one in found["violations"]
    }


@pytest.mark.parametrize(
    "how",
    [{"width": 1280}, {"width": 360}, {"width": 1280, "forced_colors": "active"}],
    ids=["wide", "phone", "forced"],
)
def test_page_breaks_no_wcag_rule(visit, how):
    assert violations(visit(**how)) == {}


def test_page_breaks_no_best_practice(visit):
    assert violations(visit(), ["best-practice"]) == {}


def test_seeded_faults_are_all_found(visit):
    page = visit()
    page.evaluate(SEEDED)

    assert {"image-alt", "label", "color-contrast", "button-name", "target-size"} <= set(
        violations(page)
    )


@pytest.mark.parametrize(("width", "height"), [(360, 800), (320, 256)])
def test_page_never_scrolls_sideways(visit, width, height):
    page = visit(width, height)

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_our_font_is_the_one_in_use(visit):
    page = visit()

    assert page.evaluate("document.fonts.check('700 16px \"Atkinson Hyperlegible Next\"')")
    assert "Atkinson" in page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")


def test_draft_is_saved_on_leaving_a_field_and_said_in_words(visit, server):
    page = visit()
    page.fill("#what", "Asleep in the bouncer")
    page.locator("#what").blur()

    page.locator("[data-autosave-status]", has_text="Saved ").wait_for(timeout=5000)

    path, headers, body = server.posted[0]
    assert path == "/draft"
    assert headers["X-CSRFToken"] == "invented"
    assert b"Asleep in the bouncer" in body


def test_draft_that_could_not_be_saved_is_said_and_nothing_is_lost(visit, server):
    page = visit()
    server.answers = 403
    page.fill("#what", "Asleep in the bouncer")
    page.locator("#what").blur()

    page.locator("[data-autosave-status]", has_text="you have been signed out").wait_for(
        timeout=5000
    )

    assert page.input_value("#what") == "Asleep in the bouncer"
    assert all("403" in line for line in visit.trouble)
    visit.trouble.clear()


def test_form_sent_while_its_draft_is_being_saved_comes_after_it(visit, server):
    page = visit()
    server.takes = 1.0
    page.fill("#what", "Asleep")
    page.locator("#what").blur()
    page.fill("#what", "Asleep in the bouncer")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/record")

    assert [path for path, _, _ in server.posted] == ["/draft", "/record"]
    assert b"Asleep+in+the+bouncer" in server.posted[1][2]


def test_form_is_sent_when_saving_its_draft_does_not_end(visit, server):
    page = visit()
    server.takes = 14.0
    page.fill("#what", "Asleep in the bouncer")
    page.locator("#what").blur()
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/record", timeout=13_000)

    assert [path for path, _, _ in server.posted] == ["/record"]


def test_draft_is_saved_though_the_page_is_left_at_once(visit, server):
    page = visit()
    page.fill("#what", "Asleep in the bouncer")
    page.goto("about:blank")
    page.wait_for_timeout(1000)

    assert [path for path, _, _ in server.posted] == ["/draft"]
    assert b"Asleep in the bouncer" in server.posted[0][2]


def test_form_is_sent_once_however_often_it_is_pressed(visit):
    page = visit()
    sent = page.evaluate("""() => {
      const form = document.querySelector('main form'); let sent = 0
      window.addEventListener('submit', event => { if (!event.defaultPrevented) sent += 1; event.preventDefault() })
      const button = form.querySelector('button[type=submit]')
      form.requestSubmit(button); form.requestSubmit(button)
      return [sent, form.querySelector('.gt-sending').textContent]
    }""")

    assert sent == [1, "Sending. Please wait."]


def test_escape_twice_blanks_the_screen_and_the_button_brings_it_back(visit):
    page = visit()
    cover = page.locator("#kit-blank-screen")
    page.keyboard.press("Escape")
    assert not cover.is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_timeout(50)

    assert cover.is_visible()
    page.get_by_role("button", name="Show the page again").click()
    assert not cover.is_visible()


def test_small_screen_is_hidden_after_a_minute_without_a_touch_and_a_wide_one_is_not(
    browser, server
):
    shown = {}
    for width in (360, 1280):
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.clock.install()
        page.goto(server.address)
        page.clock.fast_forward(61_000)
        shown[width] = page.locator("#kit-blank-screen").is_visible()
        page.close()

    assert shown == {360: True, 1280: False}


def test_question_mark_lists_shortcuts_but_never_while_writing(visit):
    page = visit()
    shortcuts = page.locator("#kit-shortcuts")
    page.focus("#what")
    page.keyboard.type("Why?")
    assert not shortcuts.is_visible()
    assert page.input_value("#what") == "Why?"
    page.locator("#what").blur()
    page.keyboard.press("?")

    assert shortcuts.is_visible()


def test_shortcuts_can_be_switched_off(visit):
    page = visit()
    page.keyboard.press("?")
    page.get_by_label("Use single-key shortcuts on this device").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("?")

    assert not page.locator("#kit-shortcuts").is_visible()


def test_page_works_without_scripts(visit):
    page = visit(java_script_enabled=False)

    assert page.get_by_role("button", name="Save and continue").is_visible()
    assert page.locator("#happened-end-year").is_visible()
    assert not page.get_by_text("Blank the screen", exact=True).is_visible()


def test_who_made_the_page_is_on_every_printed_sheet(visit):
    import io

    import pypdf

    sheets = pypdf.PdfReader(io.BytesIO(visit().pdf(format="A4"))).pages

    assert len(sheets) > 1
    assert all("GT-4821. Seen as health visiting" in sheet.extract_text() for sheet in sheets)
