"""A real OpenID Connect provider on loopback: django-allauth's own, as an agency might run one.

Run as a program: PORT and the folder that holds its database, its key and `lies.json`. What that
file says is put into the next identity tokens, which are signed with the provider's true key; a
whole `id_token` in it is sent in place of its own.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

CLIENT, SECRET = "goldenthread", "a secret of the two of them"
# What it knows of people: the part before the @, and whether it verified the address.
PEOPLE = {"ama": True, "tom": True, "lund": False, "nobody": True, "admin": True}


def lies() -> dict:
    """What the provider is told to say against the truth."""
    path = Path(sys.argv[2]) / "lies.json"
    return json.loads(path.read_text()) if path.exists() else {}


def replaced(get_response):
    """Middleware: sends another provider's identity token where it is told to."""

    def middleware(request):
        answer = get_response(request)
        other = lies().get("id_token")
        if other and request.path.endswith("/token") and answer.status_code == 200:
            said = {**json.loads(answer.content), "id_token": other}
            answer.content = json.dumps(said).encode()
            answer.headers["Content-Length"] = str(len(answer.content))
        return answer

    return middleware


def let_in(request):
    """Sign somebody in at the provider, as its own sign-in page would."""
    from django.contrib.auth import get_user_model, login
    from django.http import HttpResponse

    user = get_user_model().objects.get(username=request.GET["who"])
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return HttpResponse("in")


def configure(folder: Path) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()
    settings.configure(
        SECRET_KEY="a provider on loopback",
        ALLOWED_HOSTS=["127.0.0.1"],
        DATABASES={
            "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "provider")}
        },
        INSTALLED_APPS=[
            "django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions",
            "django.contrib.messages", "allauth", "allauth.account", "allauth.idp.oidc",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
            f"{__name__}.replaced",
        ],
        ROOT_URLCONF=__name__,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        IDP_OIDC_ADAPTER="provider_lies.Lying",
        IDP_OIDC_PRIVATE_KEY=pem,
        USE_TZ=True,
    )  # fmt: skip
    django.setup()


class Quiet(WSGIRequestHandler):
    def log_message(self, format, *args):
        """Say nothing of each request."""


def serve(port: int, back: str) -> None:
    from allauth.account.models import EmailAddress
    from allauth.idp.oidc.models import Client
    from django.contrib.auth import get_user_model
    from django.contrib.auth.hashers import make_password
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    call_command("migrate", verbosity=0)
    for name, verified in PEOPLE.items():
        user = get_user_model().objects.create(username=name)
        EmailAddress.objects.create(
            user=user, email=f"{name}@example.org", verified=verified, primary=True
        )
    Client.objects.create(
        id=CLIENT, name="Goldenthread", secret=make_password(SECRET), scopes="openid\nemail",
        redirect_uris=back, skip_consent=True,
    )  # fmt: skip
    server = make_server("127.0.0.1", port, get_wsgi_application(), handler_class=Quiet)
    print("ready", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    configure(Path(sys.argv[2]))

if settings.configured and __name__ == settings.ROOT_URLCONF:
    from django.urls import include, path

    urlpatterns = [
        path("let-in/", let_in),
        path("account/", include("allauth.account.urls")),
        path("", include("allauth.idp.urls")),
    ]

if __name__ == "__main__":
    serve(int(sys.argv[1]), sys.argv[3])
