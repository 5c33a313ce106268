"""SCIM users through wxc_sdk, whose own address for SCIM is fixed and therefore replaced here."""

import base64

import pytest
from wxc_sdk.rest import RestError
from wxc_sdk.scim.child import ScimApiChild
from wxc_sdk.scim.users import NameObject, ScimUser, UserTypeObject


@pytest.fixture
def organization_uuid(organization, monkeypatch):
    root = organization.base_url.rstrip("/").removesuffix("/v1")
    monkeypatch.setattr(
        ScimApiChild,
        "ep",
        lambda self, path=None: f"{root}/{self.base}{path and f'/{path}' or ''}",
    )
    plain = base64.urlsafe_b64decode(organization.id + "==").decode()
    return plain.rsplit("/", 1)[1]


def test_a_user_is_created_read_and_found(api, organization_uuid):
    made = api.scim.users.create(
        organization_uuid,
        ScimUser(
            user_name="grace@quillhaven.example",
            user_type=UserTypeObject.user,
            name=NameObject(given_name="Grace", family_name="Hopper"),
            display_name="Grace Hopper",
        ),
    )
    assert api.scim.users.details(organization_uuid, made.id) == made
    found = list(
        api.scim.users.search_all(organization_uuid, filter=f'userName eq "{made.user_name}"')
    )
    assert [user.id for user in found] == [made.id]
    assert next(api.people.list(email=made.user_name)).display_name == "Grace Hopper"
    with pytest.raises(RestError) as refused:
        api.scim.users.create(organization_uuid, made)
    assert refused.value.response.status_code == 409


def test_everybody_is_found_page_by_page(api, organization_uuid):
    whole = list(api.scim.users.search_all(organization_uuid, count=200))
    assert len(whole) == len(list(api.people.list()))
