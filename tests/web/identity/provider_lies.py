"""What the provider of `provider_site.py` puts into its identity tokens against the truth."""

from __future__ import annotations

from allauth.idp.oidc.adapter import DefaultOIDCAdapter

from __main__ import lies


class Lying(DefaultOIDCAdapter):
    """Says what `lies.json` says; what it says is nothing (null) is left out."""

    def populate_id_token(self, id_token, client, scopes, **kwargs):
        """Change the claims, which are then signed with the provider's true key."""
        id_token.update({part: told for part, told in lies().items() if part != "id_token"})
        for part in [part for part, told in id_token.items() if told is None]:
            del id_token[part]
