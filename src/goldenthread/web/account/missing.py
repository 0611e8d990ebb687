"""The forms of signing in, which say what is missing rather than that "a field" is."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm

CODE = "Enter the code your app shows now."
PASSWORD = "Enter your password."


class SaysWhatIsMissing:
    """Mixed into a form: `missing` holds the sentence for each field that was left empty."""

    missing: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in self.missing.items():
            self.fields[name].error_messages["required"] = words


class SignInForm(SaysWhatIsMissing, LoginForm):
    """Email address and password."""

    missing: ClassVar[dict[str, str]] = {
        "login": "Enter your email address.",
        "password": PASSWORD,
    }


class NewPasswordForm(SaysWhatIsMissing, ChangePasswordForm):
    """The password used now, and the new one twice."""

    missing: ClassVar[dict[str, str]] = {
        "oldpassword": "Enter the password you use now.",
        "password1": "Enter a new password.",
        "password2": "Enter the new password again.",
    }


class PasswordAgainForm(SaysWhatIsMissing, ReauthenticateForm):
    """The password, before a change to how somebody signs in."""

    missing: ClassVar[dict[str, str]] = {"password": PASSWORD}


class AppForm(SaysWhatIsMissing, ActivateTOTPForm):
    """The first code of an app that is being set up."""

    missing: ClassVar[dict[str, str]] = {"code": CODE}


class CodeAgain(SaysWhatIsMissing, CodeAgainForm):
    """A code, before a change to how somebody signs in."""

    missing: ClassVar[dict[str, str]] = {"code": CODE}
