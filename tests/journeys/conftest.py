"""The demonstration family, loaded once and served on loopback to Debian's chromium.

A page that logs an error, asks another host for anything, or answers that the service failed
fails the test that opened it, whatever else the test says.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.db import connections
from django.test.utils import override_settings
from django.urls import reverse

from goldenthread.usecases.access.demonstration import DEMONSTRATION_PASSWORD
from tests.conftest import cloned
from tests.journeys.story import PEOPLE, SECOND
from tests.serving import served

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZES = {"desk": (1280, 900), "phone": (360, 740), "small phone": (320, 640)}
PICTURES = os.environ.get("GOLDENTHREAD_SCREENSHOTS")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say plainly what is missing where there is no browser."""
    missing = not CHROMIUM.exists()
    for item in items:
        if Path(__file__).parent not in item.path.parents:
            continue
        item.add_marker(pytest.mark.browser)
        if missing:
            item.add_marker(
                pytest.mark.skip(reason="Install Debian's chromium to run the journeys")
            )


@pytest.fixture(scope="module")
def browser():
    """One chromium for the journeys of a module.

    Not for all of them: its loop runs in this thread, and other tests have loops of their own.
    """
    sync_api = pytest.importorskip(
        "playwright.sync_api", reason="Install Debian's chromium to run the journeys"
    )
    # Playwright keeps a loop running in this thread; the test's own look at the database is plain.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_api.sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=str(CHROMIUM), headless=True, args=FLAGS)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@dataclass
class Service:
    """The service as it answers on loopback, and the sessions that were begun in it."""

    address: str
    sessions: dict[str, dict] = field(default_factory=dict)


@pytest.fixture(scope="module")
def service(postgres, demonstration) -> Iterator[Service]:
    """The whole service over a copy of the demonstration, for the journeys of one module."""
    for _ in cloned(postgres, demonstration):
        with override_settings(DEMONSTRATION=True), served() as address:
            yield Service(address)


@dataclass
class Desk:
    """One person at one browser window."""

    page: object
    service: Service
    trouble: list[str]
    may_answer: set[int]

    def goes_to(self, path: str) -> object:
        """Open an address of the service; gives the answer."""
        return self.page.goto(f"{self.service.address}{path}")

    @property
    def text(self) -> str:
        """The words on the page, as a person would read them."""
        return " ".join(self.page.locator("main").inner_text().split())

    @property
    def path(self) -> str:
        """Where the page is, with what follows the question mark."""
        return self.page.url.removeprefix(self.service.address)

    def presses(self, name: str, **how) -> None:
        """Press the button of this name and wait for the page that answers."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, **how).click()

    def follows(self, name: str, **how) -> None:
        """Follow the link of this name."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name, **how).first.click()

    def is_pictured(self, name: str) -> None:
        """Keep a picture of the page for somebody to look at, where a folder was named."""
        if PICTURES:
            folder = Path(PICTURES)
            folder.mkdir(parents=True, exist_ok=True)
            width = self.page.viewport_size["width"]
            self.page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)


@pytest.fixture
def opens(browser, service) -> Iterator[Callable[..., Desk]]:
    """Open a window: `opens()`, `opens("phone")`; at the end, fail for any trouble it had."""
    desks: list[tuple[Desk, object]] = []

    def window(size: str = "desk", **how) -> Desk:
        width, height = SIZES[size]
        context = browser.new_context(viewport={"width": width, "height": height}, **how)
        context.set_default_timeout(30_000)
        page = context.new_page()
        desk = Desk(page, service, [], set())
        _watch(desk)
        desks.append((desk, context))
        return desk

    yield window
    for _, context in desks:
        context.close()
    assert [words for desk, _ in desks for words in desk.trouble] == []


def _watch(desk: Desk) -> None:
    def answered(answer) -> None:
        if answer.status >= 400 and answer.status not in desk.may_answer:
            desk.trouble.append(f"{answer.status} from {answer.url}")

    def said(message) -> None:
        # A refused address is counted above, with the status the test expected of it.
        if message.type == "error" and "Failed to load resource" not in message.text:
            desk.trouble.append(message.text)

    def failed(request) -> None:
        # Leaving a page ends what it was still asking for; a download ends its own navigation.
        if "ERR_ABORTED" not in (request.failure or ""):
            desk.trouble.append(f"{request.failure} {request.url}")

    def asked(request) -> None:
        if not request.url.startswith((f"{desk.service.address}/", "data:")):
            desk.trouble.append(f"asked another host: {request.url}")

    desk.page.on("console", said)
    desk.page.on("pageerror", lambda error: desk.trouble.append(str(error)))
    desk.page.on("response", answered)
    desk.page.on("requestfailed", failed)
    desk.page.on("request", asked)


def signs_in(desk: Desk, who: str, password: str = DEMONSTRATION_PASSWORD) -> None:
    """Fill the sign-in page as anybody would, and send it."""
    desk.goes_to(reverse("account_login"))
    desk.page.fill("input[name=login]", {**SECOND, **PEOPLE}[who]["email"])
    desk.page.fill("input[name=password]", password)
    with desk.page.expect_navigation():
        desk.page.locator("input[name=password]").press("Enter")


@pytest.fixture
def is_at_work(opens, service) -> Callable[..., Desk]:
    """Somebody signed in: `is_at_work("hv_2", "phone")`; signs in once for each module."""

    def arrives(who: str, size: str = "desk", **how) -> Desk:
        if who in service.sessions:
            return opens(size, storage_state=service.sessions[who], **how)
        desk = opens(size, **how)
        signs_in(desk, who)
        assert "login" not in desk.path, f"{who} could not sign in"
        service.sessions[who] = desk.page.context.storage_state()
        return desk

    return arrives


@pytest.fixture
def jobs_are_done(service) -> Callable[[], None]:
    """Do every job that waits, as the worker would, in a thread beside the browser's."""
    from goldenthread.jobs.worker import run

    def done() -> None:
        wrong: list[BaseException] = []

        def work() -> None:
            try:
                run(wait=False)
            except BaseException as error:
                wrong.append(error)
            finally:
                connections.close_all()

        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        assert wrong == []

    return done
