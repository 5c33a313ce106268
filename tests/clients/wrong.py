"""Bodies that hold one value of the wrong kind, made from the schemas of the contract."""

import copy
import json

# What stands where each type is expected.
WRONG = {
    "string": {"an": "object"},
    "number": "many",
    "integer": "many",
    "boolean": "maybe",
    "object": 7,
    "array": "text",
}
NO_SUCH_VALUE = "NO_SUCH_VALUE"
DEPTH_MAX = 5


class Body:
    """What an operation takes, as one document of the contract has it."""

    def __init__(self, document, content):
        self.document = document
        self.schema = content["schema"]
        self.example = _example(content)

    def wrong(self, base):
        """The base with one wrong value in it, for each field of the schema: path, body."""
        for path, schema in self._fields(self.schema, ()):
            value = NO_SUCH_VALUE if "enum" in schema else WRONG.get(schema.get("type"))
            body = _with(base, path, value) if value is not None else None
            if body is not None:
                yield path, body

    def beyond(self, base):
        """The base with one value outside the bounds of its field: path, body."""
        for path, schema in self._fields(self.schema, ()):
            for value in _outside(schema, _at(base, path)):
                body = _with(base, path, value)
                if body is not None:
                    yield path, body

    def lacking(self, base):
        """The base without one field that the schema requires, and with null there: path, body."""
        for path in self._required(self.schema, ()):
            for body in (_without(base, path), _with(base, path, None)):
                if body is not None:
                    yield path, body

    def _required(self, schema, path):
        schema = self._resolved(schema)
        if len(path) > DEPTH_MAX:
            return
        for name in schema.get("required", []):
            yield (*path, name)
        for name, part in schema.get("properties", {}).items():
            yield from self._required(part, (*path, name))
        if schema.get("type") == "array" and "items" in schema:
            yield from self._required(schema["items"], (*path, 0))

    def _fields(self, schema, path):
        schema = self._resolved(schema)
        if len(path) > DEPTH_MAX:
            return
        parts = list(schema.get("properties", {}).items())
        if schema.get("type") == "array" and "items" in schema:
            parts.append((0, schema["items"]))
        for name, part in parts:
            yield (*path, name), self._resolved(part)
            yield from self._fields(part, (*path, name))

    def _resolved(self, schema):
        while "$ref" in schema:
            schema = self.document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
        return schema


def _outside(schema, value):
    """Values just outside the bounds that a schema names; `value` is one within."""
    kind = schema.get("type")
    if kind in ("number", "integer"):
        if "minimum" in schema:
            yield schema["minimum"] - 1
        if "maximum" in schema:
            yield schema["maximum"] + 1
    if kind == "string":
        if "maxLength" in schema:
            yield "x" * (schema["maxLength"] + 1)
        if schema.get("minLength"):
            yield "x" * (schema["minLength"] - 1)
    if kind == "array":
        if "maxItems" in schema and value:
            count = schema["maxItems"] + 1
            yield (value * count)[:count]
        if schema.get("minItems"):
            yield []


def _at(base, path):
    """What stands at a path; None where nothing does."""
    for step in path:
        is_there = len(base) > step if isinstance(base, list) and isinstance(step, int) else (
            isinstance(base, dict) and step in base
        )
        if not is_there:
            return None
        base = base[step]
    return base


def _example(content):
    named = [example.get("value") for example in content.get("examples", {}).values()]
    example = next((it for it in [content.get("example"), *named] if it), {})
    return json.loads(example) if isinstance(example, str) else example


def _with(base, path, value):
    """A copy of the base in which the path leads to the value; None where it cannot."""
    body = copy.deepcopy(base)
    place = body
    for step, following in zip(path, (*path[1:], None)):
        if isinstance(step, int) != isinstance(place, list):
            return None
        if isinstance(step, int) and not place:
            place.append(None)
        if following is None:
            place[step] = value
            return body
        known = place[step] if isinstance(step, int) else place.get(step)
        if not isinstance(known, list if isinstance(following, int) else dict):
            known = [] if isinstance(following, int) else {}
        place[step] = known
        place = known
    return body


def _without(base, path):
    """A copy of the base without what the path leads to; None where it is not there."""
    body = copy.deepcopy(base)
    place = _at(body, path[:-1])
    if not isinstance(place, dict) or path[-1] not in place:
        return None
    del place[path[-1]]
    return body
