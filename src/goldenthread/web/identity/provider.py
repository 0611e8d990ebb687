"""allauth's OpenID Connect client, held to more than the library asks.

Every identity token is checked for signature, issuer, audience, expiry and nonce, also where it
came straight from the provider; nothing in the address of a request adds to what is asked for; and
of an identity nothing is kept but issuer and subject. allauth finds `provider_classes` here.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

from allauth.core.internal.deferred import jwt
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest

from goldenthread.web.kit.clock import now

# Signatures of a key that only the provider holds; never one made with the secret both hold.
SIGNED_BY = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384")
NEEDED = ("iss", "sub", "aud", "exp", "iat", "nonce")
SCOPE = ("openid", "email")
CLOCKS_DIFFER = timedelta(minutes=5)


def nonce_of(verifier: str) -> str:
    """The nonce of one attempt: known beforehand to nobody but the session that began it."""
    return hashlib.sha256(b"goldenthread nonce " + verifier.encode()).hexdigest()


class AgencyAdapter(OpenIDConnectOAuth2Adapter):
    """The conversation with one agency's provider."""

    nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself; it must be the issuer that was configured."""
        config = super().openid_config
        if config.get("issuer") != self.get_provider().app.settings["issuer"]:
            raise OAuth2Error("The provider names another issuer.")
        return config

    def get_access_token_data(
        self, request: HttpRequest, app: Any, client: Any, pkce_code_verifier: Any = None
    ) -> dict[str, Any]:
        """Exchange the code; only an attempt that began in this session has a verifier."""
        if not pkce_code_verifier:
            raise OAuth2Error("This attempt did not begin here.")
        self.nonce = nonce_of(pkce_code_verifier)
        return super().get_access_token_data(request, app, client, pkce_code_verifier)

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """Whom the identity token speaks of. Raises OAuth2Error for one that cannot be trusted."""
        claims = self.claims_of(app, kwargs["response"].get("id_token"))
        if "email" not in claims and "userinfo_endpoint" in self.openid_config:
            info = self._fetch_user_info(token.token)
            if info.get("sub") == claims["sub"]:
                claims |= {part: info.get(part) for part in ("email", "email_verified")}
        return self.get_provider().sociallogin_from_response(request, {"id_token": claims})

    def claims_of(self, app: Any, credential: Any) -> dict[str, Any]:
        """The claims of an identity token, every one of them checked."""
        if not isinstance(credential, str):
            raise OAuth2Error("There is no identity token.")
        try:
            algorithm, key = jwtkit.fetch_key(
                credential, self.openid_config["jwks_uri"], jwtkit.lookup_kid_jwk
            )
            if algorithm not in SIGNED_BY:
                raise OAuth2Error("The identity token is signed in a way that is not taken.")
            claims = jwt.decode(
                credential,
                key=key,
                algorithms=[algorithm],
                issuer=app.settings["issuer"],
                audience=app.client_id,
                options={"require": list(NEEDED)},
            )
        except (jwt.PyJWTError, KeyError, ValueError) as fault:
            raise OAuth2Error("The identity token is not good.") from fault
        if claims["nonce"] != self.nonce:
            raise OAuth2Error("The identity token answers another attempt.")
        if claims.get("azp", app.client_id) != app.client_id:
            raise OAuth2Error("The identity token was made for another client.")
        shown = claims.get("auth_time")
        if shown is not None and not _is_late_enough(shown):
            raise OAuth2Error("They showed the provider who they are too long ago.")
        jwtkit.verify_jti(claims)
        return claims


def _is_late_enough(shown: object) -> bool:
    """Whether somebody showed who they are within the longest a session lasts, in seconds of 1970.

    A provider that says nothing of it is taken to have asked for the least: the second step is
    asked for here whatever a token says of how somebody signed in there.
    """
    if isinstance(shown, bool) or not isinstance(shown, int | float):
        return False
    return now().timestamp() - shown <= (settings.SESSION_WHOLE + CLOCKS_DIFFER).total_seconds()


class AgencyProvider(OpenIDConnectProvider):
    """One agency's provider."""

    oauth2_adapter_class = AgencyAdapter
    pkce_enabled_default = True
    supports_token_authentication: ClassVar[bool] = False

    @property
    def agency(self) -> UUID:
        """The agency whose provider it is."""
        return UUID(self.app.settings["agency"])

    def get_pkce_params(self) -> dict[str, str]:
        """The proof of this attempt, and the nonce that goes with it."""
        proof = super().get_pkce_params()
        return {**proof, "nonce": nonce_of(proof["code_verifier"])}

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        """What is asked for, whatever the address of the request says."""
        return list(SCOPE)

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        """That who it is was shown lately; nothing else, whatever the address of the request says.

        OpenID Connect Core 3.1.2.1: the provider then asks anew where that is longer ago.
        """
        return {"max_age": str(int(settings.SESSION_WHOLE.total_seconds()))}

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """Signing in, never binding an identity to whoever happens to be signed in."""
        return {**super().get_redirect_from_request_kwargs(request), "process": "login"}

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, str]:
        """All that is kept of an identity."""
        claims = data["id_token"]
        return {"iss": claims["iss"], "sub": claims["sub"]}


provider_classes = [AgencyProvider]
