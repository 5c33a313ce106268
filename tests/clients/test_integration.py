"""The OAuth flow of an integration through wxc_sdk: address, code, tokens, renewal."""

from urllib.parse import parse_qs, urlsplit

import requests
from wxc_sdk import WebexSimpleApi
from wxc_sdk.integration import Integration

BACK = "https://example.com/back"


def test_an_integration_comes_in_and_renews_its_token(organization):
    public = organization.base_url.rstrip("/")
    integration = Integration(
        client_id="it",
        client_secret="secret",
        scopes="spark:kms spark-admin:people_read",
        redirect_url=BACK,
        auth_service=f"{public}/authorize",
        token_service=f"{public}/access_token",
    )
    page = requests.get(integration.auth_url("77"), allow_redirects=False, timeout=5)
    assert page.status_code == 302, page.text
    sent = urlsplit(page.headers["location"])
    assert sent.geturl().startswith(BACK)
    given = parse_qs(sent.query)
    assert given["state"] == ["77"]

    tokens = integration.tokens_from_code(given["code"][0])
    first = tokens.access_token
    integration.refresh(tokens)
    assert tokens.access_token and tokens.access_token != first
    with WebexSimpleApi(tokens=tokens) as api:
        assert api.people.me().org_id == organization.id
