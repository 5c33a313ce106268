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
