"""What the strict models of wxc_sdk must be told: documented fields that its classes lack."""

from typing import Optional

from pydantic.fields import FieldInfo
from wxc_sdk.people import Person

# (class, field as it stands on the wire, type, why).
KNOWN_GAPS = [
    (Person, "timezone", Optional[str], "documented in one word; the class has timeZone"),
]


def prepare():
    """Adds the missing fields and compiles the classes again."""
    for model, name, annotation, _reason in KNOWN_GAPS:
        if name not in model.model_fields:
            field = FieldInfo(annotation=annotation, default=None, alias=name)
            model.__pydantic_fields__[name] = field
            model.model_rebuild(force=True)
