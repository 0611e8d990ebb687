"""Django settings. Everything that differs between installations comes from the environment."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from goldenthread.config.database import databases
from goldenthread.config.identity import origins, provider_apps
from goldenthread.config.log_lines import to_standard_error

PACKAGE = Path(__file__).resolve().parent.parent
WEB = PACKAGE / "web"

DEBUG = False
DEMONSTRATION = os.environ.get("GOLDENTHREAD_DEMONSTRATION") == "1"
SECRET_KEY = os.environ.get("GOLDENTHREAD_SECRET_KEY", "")
if not SECRET_KEY:
    raise RuntimeError(
        "GOLDENTHREAD_SECRET_KEY is not set. `goldenthread demo` and `goldenthread serve` make one."
    )
# Keys that were changed: they open what they closed, and close nothing more.
SECRET_KEY_FALLBACKS = os.environ.get("GOLDENTHREAD_EARLIER_SECRET_KEYS", "").split()
ALLOWED_HOSTS = os.environ.get("GOLDENTHREAD_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
# A second step at sign-in, for every account; a demonstration holds invented people only.
REQUIRE_SECOND_STEP = (
    os.environ.get("GOLDENTHREAD_REQUIRE_SECOND_STEP", "0" if DEMONSTRATION else "1") == "1"
)
BEHIND_TLS = os.environ.get("GOLDENTHREAD_TLS", "1") == "1"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "goldenthread.records.shared",
    "goldenthread.records.accounts",
    "goldenthread.records.audit",
    "goldenthread.records.provenance",
    "goldenthread.records.people",
    "goldenthread.records.network",
    "goldenthread.records.access",
    "goldenthread.records.addresses",
    "goldenthread.records.subject_access",
    "goldenthread.records.chronology",
    "goldenthread.records.risk",
    "goldenthread.records.needs",
    "goldenthread.records.plans",
    "goldenthread.records.decisions",
    "goldenthread.records.challenges",
    "goldenthread.web.kit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "goldenthread.web.identity",
    "allauth.usersessions",
    "axes",
    "csp",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "goldenthread.web.kit.headers.OnlyTheseMethods",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "goldenthread.web.kit.headers.NeverStored",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "goldenthread.web.kit.headers.NulShown",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "goldenthread.web.account.idle.IdleSessions",
    "goldenthread.web.account.acting.Acting",
    "goldenthread.web.account.second_step.SecondStepRequired",
    "goldenthread.web.account.step_up.StepUp",
    "goldenthread.web.account.rates.RateLimits",
    "axes.middleware.AxesMiddleware",
    "goldenthread.web.addresses.guard.OutgoingGuard",
]

ROOT_URLCONF = "goldenthread.config.urls"
WSGI_APPLICATION = "goldenthread.config.wsgi.application"

TEMPLATES = [
    {
        "NAME": "jinja2",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [
            *sorted(str(folder) for folder in WEB.glob("*/templates")),
            str(PACKAGE / "interop" / "exports" / "templates"),
        ],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "goldenthread.web.kit.environment.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "goldenthread.web.kit.context.signed_in",
            ],
        },
    },
    {
        "NAME": "django",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = databases(os.environ)
DATABASE_ROUTERS: list[str] = []

AUTH_USER_MODEL = "shared.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, object]] = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "goldenthread.web.account.passwords.NotTooLong"},
    {"NAME": "goldenthread.web.account.passwords.NotWordsOfWork"},
]
# A file of leaked passwords, where the installation has one (docs/how-to/sign-in-and-sessions.md).
_LEAKED = os.environ.get("GOLDENTHREAD_LEAKED_PASSWORDS", "")
if _LEAKED:
    if not os.access(_LEAKED, os.R_OK):
        raise RuntimeError(f"The file of leaked passwords cannot be read: {_LEAKED}")
    AUTH_PASSWORD_VALIDATORS.append(
        {
            "NAME": "goldenthread.web.account.passwords.NotLeaked",
            "OPTIONS": {"listed": _LEAKED},
        }
    )
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "goldenthread.web.account.adapter.NoSignUp"
ACCOUNT_FORMS = {
    "login": "goldenthread.web.account.missing.SignInForm",
    "change_password": "goldenthread.web.account.missing.NewPasswordForm",
    "reauthenticate": "goldenthread.web.account.missing.PasswordAgainForm",
}
ACCOUNT_TEMPLATE_EXTENSION = "jinja"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
# Ask for the password or passkey again before a change to how one signs in.
ACCOUNT_REAUTHENTICATION_TIMEOUT = int(timedelta(minutes=15).total_seconds())
# Before a sensitive act (domain/access/step_up.py) the second step counts for so long.
STEP_UP_LASTS = timedelta(minutes=15)
# Agencies with an identity provider of their own: a file that says issuer, client and agency.
_PROVIDERS = provider_apps(os.environ.get("GOLDENTHREAD_IDENTITY_PROVIDERS", ""), tls=BEHIND_TLS)
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": _PROVIDERS}}
SOCIALACCOUNT_ADAPTER = "goldenthread.web.identity.adapter.OfAnAgency"
SOCIALACCOUNT_AUTO_SIGNUP = SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
# The form that leads there is a form of ours, with a token against forged ones.
SOCIALACCOUNT_LOGIN_ON_GET = True
# Wrong codes of the second step; wrong passwords are counted by axes, which every process shares.
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key"}
MFA_ADAPTER = "goldenthread.web.account.second_step.SecondStep"
MFA_FORMS = {
    "authenticate": "goldenthread.web.account.second_step.CodeForm",
    "activate_totp": "goldenthread.web.account.missing.AppForm",
    "reauthenticate": "goldenthread.web.account.missing.CodeAgain",
}
# Addresses are given and checked by the agency; the service sends no e-mail to prove them.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not BEHIND_TLS
MFA_TOTP_ISSUER = "Goldenthread"
# How many proxies stand before the service: where somebody asks from is what the last of them says.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("GOLDENTHREAD_PROXIES", "0"))
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "goldenthread.web.account.locked.tried"
AXES_SENSITIVE_PARAMETERS = ["login", "password", "code"]
AXES_DISABLE_ACCESS_LOG = True
AXES_LOCKOUT_CALLABLE = "goldenthread.web.account.locked.locked_out"
# The page promises fifteen minutes: trying during the pause does not lengthen it.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True

SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# A browser takes a cookie named so from this host alone, over TLS, for every path.
_OF_THIS_HOST = "__Host-" if BEHIND_TLS else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_OF_THIS_HOST}sessionid", f"{_OF_THIS_HOST}csrftoken"
# With the session, never in a cookie: what is said after an act may hold a name.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_IDLE = timedelta(minutes=30)
SESSION_WHOLE = timedelta(hours=12)
CSRF_FAILURE_VIEW = "goldenthread.web.account.errors.csrf_failed"
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "form-action": [SELF, *origins(_PROVIDERS)],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb")
}

# Notices alone are sent, and they say nothing of any family. Without a host nothing is sent.
EMAIL_HOST = os.environ.get("GOLDENTHREAD_MAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("GOLDENTHREAD_MAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("GOLDENTHREAD_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("GOLDENTHREAD_MAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("GOLDENTHREAD_MAIL_TLS", "1") == "1"
if not EMAIL_USE_TLS and EMAIL_HOST not in ("", "localhost", "127.0.0.1", "::1"):
    raise RuntimeError("GOLDENTHREAD_MAIL_TLS=0 is for a mail server on this machine alone.")
EMAIL_TIMEOUT = 5  # seconds somebody who has told another agency waits for their page at most
_MAIL_BY = "smtp" if EMAIL_HOST else "dummy"
EMAIL_BACKEND = f"django.core.mail.backends.{_MAIL_BY}.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("GOLDENTHREAD_MAIL_FROM", "goldenthread@localhost")
# Where people sign in, as a notice tells them.
_HERE = f"{'https' if BEHIND_TLS else 'http'}://{ALLOWED_HOSTS[0]}"
SIGN_IN_ADDRESS = os.environ.get("GOLDENTHREAD_ADDRESS", _HERE).rstrip("/") + "/account/login/"

# Given to the worker alone: the key that signs the log of what was recorded, and the file
# outside the database in which the latest signed checkpoint is kept.
SEAL_KEY = os.environ.get("GOLDENTHREAD_SEAL_KEY", "")
SEAL_HEAD = os.environ.get("GOLDENTHREAD_SEAL_HEAD", "")

# The keys of safe addresses, `id:key` parted by commas; the first encrypts. Without one,
# none can be kept or read.
ADDRESS_KEYS = os.environ.get("GOLDENTHREAD_ADDRESS_KEYS", "")

# A report of a fault never holds what was sent or what a function was at work on.
DEFAULT_EXCEPTION_REPORTER_FILTER = "goldenthread.web.addresses.reports.NothingReported"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False

STATIC_URL = "/static/"
STATIC_ROOT = os.environ.get("GOLDENTHREAD_STATIC", "")
STATICFILES_DIRS = [WEB / "account" / "static", WEB / "addresses" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Untrusted files are read by a task of interop; nothing else may open one.
PROCRASTINATE_IMPORT_PATHS = [
    "goldenthread.interop.chronology.tasks",
    "goldenthread.jobs.nightly",
    "goldenthread.jobs.drawing",
    "goldenthread.jobs.thread",
    "goldenthread.jobs.plans",
    "goldenthread.jobs.accounts",
    "goldenthread.jobs.oversight",
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# axes.W006 wants the lock-out counted by network address. Ours counts by account address over every
# network address and browser, so there is nothing to rotate; an agency shares one address.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]

# WeasyPrint quotes words of a document that no typeface of ours has a sign for.
LOGGING = to_standard_error(goldenthread__jobs="INFO", weasyprint="CRITICAL")
