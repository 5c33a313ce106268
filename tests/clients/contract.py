"""Documents of the upstream contract, to hold answers against their JSON schemas.

They lie beside the reference table of operations, at ../shared/reference/contract or below
HUBSIM_REFERENCE. Without them those tests are skipped; where CI is true that is a failure.
"""

import json
import os
import pathlib

import jsonschema
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = pathlib.Path(
    os.environ.get("HUBSIM_REFERENCE", ROOT.parent / "shared" / "reference")
)


class Contract:
    """One document."""

    def __init__(self, name):
        source = FOLDER / "contract" / f"{name}.json"
        if not source.is_file():
            required = os.environ.get("CI", "").lower() in ("1", "true", "yes")
            (pytest.fail if required else pytest.skip)(f"{source} is absent")
        self.document = json.loads(source.read_text(encoding="utf-8"))
        self.seen = set()

    def operations(self, *parts):
        """The operations whose path has one of these parts: method, path."""
        return {
            (method.upper(), path)
            for path, methods in self.document["paths"].items()
            for method in methods
            if any(part in path for part in parts)
        }

    def request(self, method, path, body):
        """A body that is sent must be what the document takes."""
        operation = self.document["paths"][path][method.lower()]
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        self._check(schema, body)
        return body

    def answer(self, method, path, answer):
        """An answer must have a status that the document has, and the body of that status."""
        operation = self.document["paths"][path][method.lower()]
        documented = operation["responses"].get(str(answer.status_code))
        assert documented is not None, f"{method} {path}: {answer.status_code} {answer.text}"
        self.seen.add((method, path))
        content = documented.get("content", {}).get("application/json")
        if content is None:
            assert answer.content == b"", answer.text
            return None
        body = answer.json()
        self._check(content["schema"], body)
        return body

    def _check(self, schema, body):
        whole = {"components": closed(self.document["components"]), **closed(schema)}
        errors = jsonschema.Draft202012Validator(whole).iter_errors(body)
        found = [f"{error.json_path}: {error.message[:200]}" for error in errors]
        assert not found, f"{found} in {json.dumps(body)}"


def closed(schema):
    """The same schema, in which objects have the fields that it names and no others."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    shut = {name: closed(part) for name, part in schema.items() if name != "example"}
    if shut.get("type") == "object" and isinstance(shut.get("properties"), dict):
        shut.setdefault("additionalProperties", False)
    return shut
