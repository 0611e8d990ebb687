"""Deliberately weak pages, which a scanner that looks at all must find.

They stand in the addresses of the scan alone (`tests/scan/urls.py`), beside the service and in its
process, and ask a table of their own in a database that is thrown away.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection, connections
from django.http import HttpRequest, HttpResponse

PAGE = "<!doctype html><html lang='en'><title>Weak</title><body><h1>Weak</h1>{}</body></html>"
KEPT: list[str] = []


def make_table() -> None:
    """The throw-away table, of which the web role may read."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE TABLE weak_table (number integer, words text)")
        cursor.execute("INSERT INTO weak_table VALUES (1, 'one'), (2, 'two'), (3, 'three')")
        cursor.execute("GRANT SELECT ON weak_table TO gt_app")


@login_not_required
def weak_echo(request: HttpRequest) -> HttpResponse:
    """Reflects what was asked, as it is."""
    return HttpResponse(PAGE.format(f"<p>You asked for {request.GET.get('words', '')}</p>"))


@login_not_required
def weak_search(request: HttpRequest) -> HttpResponse:
    """Puts what was asked into SQL, and shows what the database says to it."""
    try:
        rows = _asked(f"SELECT words FROM weak_table WHERE number = {request.GET.get('of', '1')}")
    except DatabaseError as error:
        return HttpResponse(PAGE.format(f"<pre>ERROR:  {error}</pre>"))
    return HttpResponse(PAGE.format(f"<p>Found: {rows}</p>"))


def weak_form(request: HttpRequest) -> HttpResponse:
    """Puts what was sent into SQL and swallows what goes wrong, shows it back, and keeps it.

    Nobody comes to it who is not signed in or sends no token against forged forms, so a scanner
    that finds it was both.
    """
    sent = request.POST.get("of", "")
    KEPT[:] = [sent] if sent else KEPT
    try:
        rows = _asked(f"SELECT words FROM weak_table WHERE words = '{sent}'")
    except DatabaseError:
        rows = []
    said = "It is there." if rows else "Nothing."
    return HttpResponse(PAGE.format(f"<p>{said}</p><p>You sent {sent}</p>"))


def weak_kept(request: HttpRequest) -> HttpResponse:
    """Shows what was sent last, as it was."""
    return HttpResponse(PAGE.format(f"<p>Kept: {''.join(KEPT)}</p>"))


def _asked(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()
