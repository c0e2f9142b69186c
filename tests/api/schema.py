"""JSON Schema, as much of it as the files of schema/ use: a keyword that is not known here is an error of the test.

    faults(document, "scan.schema.json")        a list of texts, empty if it fits
"""
import functools
import json
import pathlib
import re
import urllib.parse

FOLDER = pathlib.Path(__file__).resolve().parent.parent.parent / "schema"
SILENT = {"$schema", "$id", "$defs", "$comment", "title", "description", "default", "examples", "format", "minContains", "maxContains"}
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}


@functools.lru_cache(maxsize=None)
def load(name):
    return json.loads((FOLDER / name).read_text("utf-8"))


def is_type(value, name):
    if name == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if name == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, TYPES[name])


@functools.lru_cache(maxsize=None)
def by_name():
    return {load(file.name).get("$id"): file.name for file in FOLDER.glob("*.json")}


def follow(reference, file):
    """What `$ref` names, and the file that it is in."""
    name, _, path = reference.partition("#")
    if name:
        file = by_name()[urllib.parse.urljoin(load(file)["$id"], name)]
    found = load(file)
    for part in filter(None, path.split("/")):
        found = found[part.replace("~1", "/").replace("~0", "~")]
    return found, file


class Check:
    def __init__(self):
        self.faults = []

    def say(self, at, text):
        self.faults.append(f"{at or 'the whole'}: {text}")

    def fits(self, value, schema, file):
        inner = Check()
        inner.check(value, schema, file, "")
        return not inner.faults

    def check(self, value, schema, file, at):
        if schema is False:
            self.say(at, "must not be there")
        for keyword, want in schema.items() if isinstance(schema, dict) else []:
            if keyword not in SILENT:
                getattr(self, "of_" + keyword.strip("$"), self.unknown)(value, want, schema, file, at)

    def unknown(self, value, want, schema, file, at):
        raise ValueError(f"{file}: a keyword in {sorted(schema)} is not known to this test")

    def of_ref(self, value, want, schema, file, at):
        self.check(value, *follow(want, file), at)

    def of_type(self, value, want, schema, file, at):
        if not any(is_type(value, name) for name in ([want] if isinstance(want, str) else want)):
            self.say(at, f"{value!r:.80} is no {want}")

    def of_enum(self, value, want, schema, file, at):
        if value not in want:
            self.say(at, f"{value!r:.80} is none of {want}")

    def of_const(self, value, want, schema, file, at):
        self.of_enum(value, [want], schema, file, at)

    def of_properties(self, value, want, schema, file, at):
        for name, part in want.items() if isinstance(value, dict) else []:
            if name in value:
                self.check(value[name], part, file, f"{at}.{name}")

    def of_required(self, value, want, schema, file, at):
        for name in want if isinstance(value, dict) else []:
            if name not in value:
                self.say(at, f"{name} is missing")

    def of_additionalProperties(self, value, want, schema, file, at):
        for name in set(value) - set(schema.get("properties", {})) if isinstance(value, dict) else []:
            self.check(value[name], want, file, f"{at}.{name}")

    def of_items(self, value, want, schema, file, at):
        for index, item in enumerate(value) if isinstance(value, list) else []:
            self.check(item, want, file, f"{at}[{index}]")

    def of_minItems(self, value, want, schema, file, at):
        if isinstance(value, list) and len(value) < want:
            self.say(at, f"{len(value)} items")

    def of_maxItems(self, value, want, schema, file, at):
        if isinstance(value, list) and len(value) > want:
            self.say(at, f"{len(value)} items")

    def of_uniqueItems(self, value, want, schema, file, at):
        if want and isinstance(value, list) and len({json.dumps(item, sort_keys=True) for item in value}) < len(value):
            self.say(at, "an item stands twice")

    def of_minimum(self, value, want, schema, file, at):
        if is_type(value, "number") and value < want:
            self.say(at, f"{value} is below {want}")

    def of_maximum(self, value, want, schema, file, at):
        if is_type(value, "number") and value > want:
            self.say(at, f"{value} is above {want}")

    def of_minLength(self, value, want, schema, file, at):
        if isinstance(value, str) and len(value) < want:
            self.say(at, "is too short")

    def of_maxLength(self, value, want, schema, file, at):
        if isinstance(value, str) and len(value) > want:
            self.say(at, "is too long")

    def of_pattern(self, value, want, schema, file, at):
        if isinstance(value, str) and not re.search(want, value):
            self.say(at, f"{value!r:.80} does not match {want}")

    def of_anyOf(self, value, want, schema, file, at):
        if not any(self.fits(value, part, file) for part in want):
            self.say(at, f"{value!r:.80} fits none of {len(want)} schemas")

    def of_oneOf(self, value, want, schema, file, at):
        if sum(self.fits(value, part, file) for part in want) != 1:
            self.say(at, f"{value!r:.80} does not fit just one of {len(want)} schemas")

    def of_not(self, value, want, schema, file, at):
        if self.fits(value, want, file):
            self.say(at, f"{value!r:.80} fits what it must not")

    def of_contains(self, value, want, schema, file, at):
        if isinstance(value, list):
            found = sum(self.fits(item, want, file) for item in value)
            if not schema.get("minContains", 1) <= found <= schema.get("maxContains", found):
                self.say(at, f"{found} items are of the wanted kind")

    def of_allOf(self, value, want, schema, file, at):
        for part in want:
            self.check(value, part, file, at)


def faults(document, name):
    check = Check()
    check.check(document, load(name), name, "")
    return check.faults
