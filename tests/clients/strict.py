"""What the strict models of wxc_sdk must be told: documented fields that its classes lack."""

from typing import Optional

from pydantic.fields import FieldInfo
from wxc_sdk.people import Person
from wxc_sdk.person_settings.call_intercept import (
    InterceptAnnouncements,
    InterceptSetting,
    InterceptSettingIncoming,
)
from wxc_sdk.reports import Report, ReportTemplate
from wxc_sdk.scim.groups import ScimGroup, SearchGroupResponse, WebexGroup, WebexGroupMeta

# (class, field as it stands on the wire, type, why, classes that contain the class).
KNOWN_GAPS = [
    (
        WebexGroupMeta,
        "organizationID",
        Optional[str],
        "documented with two capital letters; the class has organizationId",
        [WebexGroup, ScimGroup, SearchGroupResponse],
    ),
    (Report, "id", Optional[str], "documented in lower case; the class has Id", []),
    (ReportTemplate, "id", Optional[int], "documented in lower case; the class has Id", []),
    (Person, "timezone", Optional[str], "documented in one word; the class has timeZone", []),
    (
        InterceptAnnouncements,
        "filename",
        Optional[str],
        "documented in lower case; the class has fileName",
        [InterceptSettingIncoming, InterceptSetting],
    ),
]


def stands(model, name):
    """Whether a field of a class has a name on the wire."""
    return any((field.alias or own) == name for own, field in model.model_fields.items())


def prepare():
    """Adds the missing fields and compiles the classes again, from the inside out."""
    for model, name, annotation, _reason, around in KNOWN_GAPS:
        # A field of the class may have that name and stand on the wire under another.
        own = name if name not in model.model_fields else f"{name}_as_documented"
        if own not in model.model_fields and not stands(model, name):
            field = FieldInfo(
                annotation=annotation,
                default=None,
                alias=name,
                alias_priority=2,
                validation_alias=name,
                serialization_alias=name,
            )
            model.__pydantic_fields__[own] = field
            for changed in (model, *around):
                changed.model_rebuild(force=True)
