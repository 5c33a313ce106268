"""What the strict models of wxc_sdk must be told: documented fields that its classes lack."""

from typing import Optional

from pydantic.fields import FieldInfo
from wxc_sdk.people import Person
from wxc_sdk.person_settings.call_intercept import (
    InterceptAnnouncements,
    InterceptSetting,
    InterceptSettingIncoming,
)
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
    (Person, "timezone", Optional[str], "documented in one word; the class has timeZone", []),
    (
        InterceptAnnouncements,
        "filename",
        Optional[str],
        "documented in lower case; the class has fileName",
        [InterceptSettingIncoming, InterceptSetting],
    ),
]


def prepare():
    """Adds the missing fields and compiles the classes again, from the inside out."""
    for model, name, annotation, _reason, around in KNOWN_GAPS:
        if name not in model.model_fields:
            field = FieldInfo(annotation=annotation, default=None, alias=name)
            model.__pydantic_fields__[name] = field
            for changed in (model, *around):
                changed.model_rebuild(force=True)
