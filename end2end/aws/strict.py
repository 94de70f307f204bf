"""Holds answers against AWS's model. A client passes over what it does not know; here it counts."""

import json

KINDS = {
    "string": str,
    "boolean": bool,
    "integer": int,
    "long": int,
    "double": (int, float),
    "float": (int, float),
    "timestamp": (int, float),
    "list": list,
    "map": dict,
    "structure": dict,
}


def watch(client, found: list[str]) -> None:
    """Adds to `found` whatever an answer of this client has beside or against its model."""
    if client.meta.service_model.metadata["protocol"] != "json":
        return

    def look(http_response, model, **_) -> None:
        if http_response.status_code == 200 and model.output_shape:
            document = json.loads(http_response.content or b"{}")
            compare(document, model.output_shape, model.name, found)

    service = client.meta.service_model.service_id.hyphenize()
    client.meta.events.register(f"after-call.{service}", look)


def compare(value, shape, path: str, found: list[str]) -> None:
    """Walks a value and its shape together."""
    kind = shape.type_name
    if not isinstance(value, KINDS.get(kind, object)) or (
        isinstance(value, bool) and kind != "boolean"
    ):
        found.append(f"{path} is {value!r}, not a {kind}")
    elif kind == "structure":
        for name, inner in value.items():
            if name not in shape.members:
                found.append(f"{path}.{name} is not in the model")
            else:
                compare(inner, shape.members[name], f"{path}.{name}", found)
    elif kind == "list":
        for inner in value:
            compare(inner, shape.member, f"{path}[]", found)
    elif kind == "map":
        for inner in value.values():
            compare(inner, shape.value, f"{path}{{}}", found)
    elif kind == "string" and shape.enum and value not in shape.enum:
        found.append(f"{path} is {value!r}, not one of {shape.enum}")
