"""Does the injection suite put its payloads into every field that Auth0 has?"""

import json
from pathlib import Path

from tests.hostile.injection import FIELDS

NO_TEXT = {"is_mobile", "$event_schema", "body", "query", "details", "references"}


def test_every_top_level_field_of_auth0_s_schemas_is_attacked(reference: Path) -> None:
    schemas = list((reference / "log-schemas").rglob("*.json"))
    assert len(schemas) > 150
    published = {name for schema in schemas for name in json.loads(schema.read_text()).get("properties", {})}
    assert len(published) > 30
    assert published - NO_TEXT - {path[1] for path in FIELDS if len(path) > 1} == set()
