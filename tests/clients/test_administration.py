"""Administrators, partners, subscriptions and phones in bulk through wxc_sdk: what Control Hub's
pages change is what the client library reads."""

import io

import pytest
import requests
from organization import NEW_SUBSCRIPTION, OLD_SUBSCRIPTION, Organization
from wxc_sdk.groups import Group, GroupMember
from wxc_sdk.rest import RestError
from wxc_sdk.workspaces import CallingType, WorkspaceSupportedDevices

DEVICES = "Username,Type,Device Type,Model,MAC Address\n"


@pytest.fixture
def partner(endpoints):
    """The scenario `partner` in a sandbox of its own: a partner with three customers."""

    class Partner(Organization):
        def __enter__(self):
            answer = requests.post(
                f"{self.endpoints['sim']}/sandboxes", json={"scenario": "partner"}, timeout=30
            )
            assert answer.status_code == 201, answer.text
            created = answer.json()
            self.sandbox, self.base_url = created["id"], created["baseUrl"]
            self.tokens = created["tokens"]
            self.api = self.client("partnerFullAdmin")
            return self

    with Partner(endpoints) as found:
        yield found


def roles_of(organization, email, roles, **more):
    answer = organization.hub(
        "PUT", f"/users/{email}/administratorRoles", json={"roles": roles, **more}
    )
    assert answer.status_code == 200, answer.text


def test_a_custom_role_is_listed_held_and_counts_at_once(organization, api):
    permissions = ["viewUsersAndLicenses"]
    made = organization.hub(
        "POST", "/roles", json={"name": "Help desk", "permissions": permissions}
    )
    assert made.status_code == 201, made.text
    role = next(role for role in api.roles.list() if role.name == "Help desk")
    assert api.roles.details(role.id) == role
    person = organization.calling_person()
    roles_of(organization, person.emails[0], [role.id])
    held = api.people.details(person.person_id)
    assert held.roles == [role.id]
    assert [one.person_id for one in api.people.list(roles=role.id)] == [person.person_id]

    with organization.client(f"user.{organization.sandbox}:{person.emails[0]}") as theirs:
        assert len(theirs.licenses.list()) == len(api.licenses.list())
        with pytest.raises(RestError) as refused:
            theirs.people.delete_person(person.person_id)
        assert refused.value.response.status_code == 403
        assert "manageUsersAndLicenses" in refused.value.response.text


def test_a_location_administrator_sees_their_own_people_in_groups_and_licenses(organization, api):
    people = list(api.people.list(calling_data=True, max=100))
    first = next(person for person in people if person.location_id)
    other = next(
        person for person in people if person.location_id not in (None, first.location_id)
    )
    members = [GroupMember(member_id=one.person_id) for one in (first, other)]
    group = api.groups.create(Group(display_name="Both", members=members))
    admin = organization.person()
    roles_of(
        organization, admin.emails[0], ["location_admin"], locations=[first.location_id]
    )
    with organization.client(f"user.{organization.sandbox}:{admin.emails[0]}") as theirs:
        assert [one.member_id for one in theirs.groups.members(group.group_id)] == [
            first.person_id
        ]
        license = organization.professional().license_id
        seen = {one.id for one in theirs.licenses.assigned_users(license)}
        whole = {one.id for one in api.licenses.assigned_users(license)}
        assert seen < whole
        inside = {one.person_id for one in theirs.people.list(max=1000)}
        assert seen <= inside and other.person_id not in inside
        with pytest.raises(RestError) as refused:
            theirs.people.details(other.person_id)
        assert refused.value.response.status_code == 404


def test_a_partner_lists_its_customers_and_works_in_one(partner):
    organizations = {one.display_name: one.org_id for one in partner.api.organizations.list()}
    clinic = organizations["Tidewater Clinics"]
    assert partner.api.organizations.details(clinic).org_id == clinic
    people = list(partner.api.people.list(org_id=clinic))
    assert people and all(person.org_id == clinic for person in people)
    assert partner.api.licenses.list(org_id=clinic)
    admin = "cordelia.marsh@tidewater.example"
    assert any(person.emails == [admin] for person in people)
    with partner.client(f"user.{partner.sandbox}:{admin}") as customer:
        with pytest.raises(RestError) as refused:
            customer.organizations.details(organizations["Larkspur School"])
        assert refused.value.response.status_code == 404


def test_phones_of_a_file_come_to_people_and_rooms(organization, api):
    room = next(
        room
        for room in api.workspaces.list(calling=CallingType.webex.value, include_devices=True)
        if not room.devices and room.supported_devices == WorkspaceSupportedDevices.phones
    )
    person = organization.calling_person()
    file = io.StringIO(newline="")
    file.write(DEVICES)
    file.write(f"{room.display_name},WORKSPACE,IP,Cisco 8865,D82E3EAA0011\r\n")
    file.write(f"{person.emails[0]},USER,IP,Cisco 8865,\r\n")
    task = organization.finished(
        organization.hub(
            "POST",
            "/workspaces/csv/import?activationCodes=email",
            data=file.getvalue().encode(),
            headers={"Content-Type": "text/csv"},
        )
    )
    assert task["status"] == "completed", task
    (phone,) = api.devices.list(workspace_id=room.workspace_id)
    assert phone.mac == "D82E3EAA0011"
    sent = organization.sim("GET", f"/outbox?kind=activationCode&to={person.emails[0]}").json()
    code = sent["items"][0]["activationCode"]
    online = organization.sim("POST", "/simulate/deviceOnline", json={"activationCode": code})
    assert online.status_code == 200, online.text
    (phone,) = api.devices.list(person_id=person.person_id)
    assert phone.product == "Cisco 8865"


def test_a_subscription_that_is_cancelled_shuts_settings_until_it_is_restored(organization, api):
    person = organization.calling_person()
    before = api.person_settings.voicemail.read(person.person_id)
    organization.subscription("cancel")
    with pytest.raises(RestError) as refused:
        api.person_settings.voicemail.read(person.person_id)
    assert refused.value.response.status_code == 403
    organization.subscription("restore")
    assert api.person_settings.voicemail.read(person.person_id) == before


def test_the_template_of_a_group_gives_its_licence_to_who_joins(organization, api):
    person = organization.person()
    group = api.groups.create(Group(display_name="Lab"))
    agent = organization.license("Contact Center Standard Agent").license_id
    saved = organization.hub(
        "PUT", f"/groups/{group.group_id}/licenseTemplate", json={"licenses": [agent]}
    )
    assert saved.status_code == 200, saved.text
    assert agent not in (api.people.details(person.person_id).licenses or [])
    api.groups.update(
        group.group_id, Group(members=[GroupMember(member_id=person.person_id)])
    )
    assert agent in api.people.details(person.person_id).licenses


def test_a_location_moves_its_pstn_connection_and_nobodys_licence(organization, api):
    page = organization.hub("GET", "/pstn/subscriptions").json()
    carried = next(
        item["locations"] for item in page["items"] if item["subscriptionId"] == OLD_SUBSCRIPTION
    )
    holders = len(list(api.licenses.assigned_users(organization.professional().license_id)))
    moved = organization.hub(
        "PUT",
        f"/locations/{carried[0]['id']}/pstnSubscription",
        json={"subscriptionId": NEW_SUBSCRIPTION},
    )
    assert moved.status_code == 200, moved.text
    location = api.telephony.location.details(carried[0]["id"])
    assert location.location_id == carried[0]["id"]
    left = len(list(api.licenses.assigned_users(organization.professional().license_id)))
    assert left == holders
