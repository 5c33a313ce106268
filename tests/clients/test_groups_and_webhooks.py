"""Groups and webhooks through wxc_sdk."""

import pytest
from wxc_sdk.groups import Group, GroupMember
from wxc_sdk.rest import RestError
from wxc_sdk.webhook import WebhookStatus


def test_a_group_lives_and_its_members_come_and_go(api):
    people = list(api.people.list(max=3))[:2]
    first, second = (GroupMember(member_id=person.person_id) for person in people)
    created = api.groups.create(Group(display_name="Harbour crew", members=[first]))
    assert created.member_size == 1
    assert api.groups.details(created.group_id, include_members=True) == created
    second.operation = "add"
    first.operation = "delete"
    changed = api.groups.update(created.group_id, Group(members=[first, second]))
    assert [m.member_id for m in changed.members] == [second.member_id]
    assert [m.member_id for m in api.groups.members(created.group_id)] == [second.member_id]
    api.groups.delete_group(created.group_id)
    with pytest.raises(RestError) as refused:
        api.groups.details(created.group_id)
    assert refused.value.response.status_code == 404


def test_groups_are_listed_filtered_and_paged(api):
    for name in ("Crew A", "Crew B", "Crew C"):
        api.groups.create(Group(display_name=name))
    found = list(api.groups.list(list_filter='displayName sw "crew"', count=2))
    assert sorted(group.display_name for group in found) == ["Crew A", "Crew B", "Crew C"]


def test_a_webhook_lives(organization, api):
    created = organization.webhook("org")
    assert created.status == WebhookStatus.active
    assert api.webhook.details(created.webhook_id) == created
    assert [w.webhook_id for w in api.webhook.list(owned_by="org")] == [created.webhook_id]
    created.name = "jobs"
    with pytest.raises(RestError) as refused:
        # The library sends a form with names of its own, where JSON is documented.
        api.webhook.update(created.webhook_id, created)
    assert refused.value.response.status_code == 400
    api.webhook.webhook_delete(created.webhook_id)
    assert list(api.webhook.list()) == []
