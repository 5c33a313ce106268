"""SCIM through wxc_sdk, whose own address for SCIM is fixed and therefore replaced here."""

import base64

import pytest
from wxc_sdk.rest import RestError
from wxc_sdk.scim.bulk import BulkMethod, BulkOperation
from wxc_sdk.scim.child import ScimApiChild
from wxc_sdk.scim.groups import ScimGroup, ScimGroupMember, WebexGroup
from wxc_sdk.scim.users import (
    EnterpriseUser,
    NameObject,
    PatchUserOperation,
    PatchUserOperationOp,
    ScimUser,
    UserTypeObject,
)


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


def new_user(name):
    return ScimUser(
        user_name=f"{name}@quillhaven.example",
        user_type=UserTypeObject.user,
        display_name=name.title(),
    )


def test_a_user_is_replaced_changed_and_deleted(api, organization_uuid):
    users = api.scim.users
    made = users.create(organization_uuid, new_user("grace"))
    made.title = "Admiral"
    made.enterprise_user = EnterpriseUser(department="Navy")
    put = users.update(organization_uuid, made)
    assert (put.title, put.enterprise_user.department) == ("Admiral", "Navy")
    replace = PatchUserOperationOp.replace
    changes = [
        PatchUserOperation(op=replace, path="active", value="false"),
        PatchUserOperation(op=replace, path="name.givenName", value="Amazing"),
        PatchUserOperation(op=PatchUserOperationOp.remove, path="title"),
    ]
    patched = users.patch(organization_uuid, made.id, changes)
    assert (patched.active, patched.name.given_name, patched.title) == (False, "Amazing", None)
    assert patched == users.details(organization_uuid, made.id)
    assert not next(api.people.list(email=made.user_name)).login_enabled
    users.delete(organization_uuid, made.id)
    assert list(api.people.list(email=made.user_name)) == []


def test_a_group_of_scim_lives_and_is_the_group_of_the_other_api(api, organization_uuid):
    groups = api.scim.groups
    first, second = (u.id for u in api.scim.users.search(organization_uuid, count=2).resources)
    made = groups.create(
        organization_uuid,
        ScimGroup(
            display_name="Harbour crew",
            external_id="ad-1",
            members=[ScimGroupMember(value=first, type="user")],
            webex_group=WebexGroup(usage="location"),
        ),
    )
    assert groups.details(organization_uuid, made.id) == made
    found = groups.search(organization_uuid, filter='displayName eq "harbour crew"')
    assert [group.id for group in found.resources] == [made.id]
    assert list(groups.search_all(organization_uuid, count=1, include_members=True))
    add = PatchUserOperation(op=PatchUserOperationOp.add, path="members", value=second)
    assert len(groups.patch(organization_uuid, made.id, operations=[add]).members) == 2
    page = groups.members(organization_uuid, made.id, count=1)
    assert (page.member_size, page.items_per_page) == (2, 1)
    assert [m.value for m in groups.members_all(organization_uuid, made.id)] == [first, second]
    made.display_name = "Deck"
    made.members = None
    assert groups.update(organization_uuid, made).display_name == "Deck"
    assert [group.member_size for group in api.groups.list(list_filter='displayName eq "deck"')] == [0]
    groups.delete(organization_uuid, made.id)
    with pytest.raises(RestError) as refused:
        groups.details(organization_uuid, made.id)
    assert refused.value.response.status_code == 404


def test_a_bulk_request_tells_of_each_operation(api, organization_uuid):
    made = api.scim.users.create(organization_uuid, new_user("grace"))
    operations = [
        BulkOperation(
            method=BulkMethod.post, path="/Users", bulk_id="a", data=new_user("lin").create_update()
        ),
        BulkOperation(method=BulkMethod.post, path="/Users", bulk_id="b", data=made.create_update()),
        BulkOperation(method=BulkMethod.delete, path="/".join(["", "Users", made.id])),
    ]
    done = api.scim.bulk.bulk_request(organization_uuid, operations, fail_on_errors=9).operations
    assert [one.status for one in done] == [201, 409, 204]
    assert api.scim.users.details(organization_uuid, done[0].user_id).display_name == "Lin"
    assert "already exists" in done[1].response.error.details


def test_invitations_are_sent_again_in_bulk(api, organization):
    for jobs in (api.telephony.jobs.activation_emails, api.jobs.activation_emails):
        started = jobs.start(organization.id)
        assert started.latest_execution_exit_code == "UNKNOWN"
        organization.sim("POST", "/tasks/run", json={})
        done = jobs.status(organization.id, started.id)
        assert done.latest_execution_status == "COMPLETED"
        failed = list(jobs.errors(organization.id, started.id))
        assert len(failed) == done.counts.user_resend_invite_failed
