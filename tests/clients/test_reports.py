"""Reports through wxc_sdk."""

import datetime

import pytest
from wxc_sdk.rest import RestError


def made(organization, api, template, **days):
    report = api.reports.create(template, **days)
    assert api.reports.details(report).status == "pending"
    answer = organization.sim("POST", "/clock/advance", json={"by": "PT1M"})
    assert answer.status_code == 200, answer.text
    return api.reports.details(report)


def test_a_report_is_made_downloaded_and_deleted(organization, api):
    before = list(api.reports.list())
    done = made(organization, api, 603)
    assert (done.status, done.title, done.schedule_from) == ("done", "License Usage", "api")
    assert list(api.reports.list()) == [*before, done]
    assert list(api.reports.list(report_id=done.id)) == [done]
    rows = list(api.reports.download(done.download_url))
    units = {row["LICENSE_ID"]: int(row["CONSUMED_UNITS"]) for row in rows}
    held = {one.license_id: one.consumed_units for one in api.licenses.list()}
    assert units == held
    api.reports.delete(done.id)
    assert list(api.reports.list()) == before
    with pytest.raises(RestError) as refused:
        api.reports.details(done.id)
    assert refused.value.response.status_code == 404


def test_every_template_is_made(organization, api):
    today = datetime.date.today()
    templates = api.reports.list_templates()
    assert len(templates) >= 6
    for template in templates:
        needed = {rule.field for rule in template.validations if rule.required == "yes"}
        days = {"start_date": today, "end_date": today} if "startDate" in needed else {}
        done = made(organization, api, template.id, **days)
        assert (done.title, done.service) == (template.title, template.service)
        assert list(api.reports.download(done.download_url))
