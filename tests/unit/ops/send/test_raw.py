"""Is every log of a file found, whatever its layout, and is nothing of a broken one passed over in silence?"""

import io
import json
from typing import Any

import pytest

from ops.send.json_texts import Unreadable
from ops.send.raw import MOST_BYTES, raws
from tests.unit.ops.send.files import log, ndjson

LOGS = [log(1), log(2, details={"a": [1, {"b": '}]\\"'}]}), log(3, user_agent="é\u2028😀")]


def read(content: bytes) -> list[Any]:
    stream = io.BytesIO(content)
    return [json.loads(raw.text) for raw in raws(stream.readline, stream.read1)]


def array(items: list[Any], indent: int | None = None) -> bytes:
    return json.dumps(items, indent=indent, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    "content",
    [
        ndjson(*LOGS),
        ndjson(*LOGS).strip(),
        ndjson(*LOGS).replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + ndjson(*LOGS),
        b"\n \n" + ndjson(*LOGS).replace(b"\n", b"\n\n"),
        array(LOGS),
        b"\n" + array(LOGS, indent=2),
        b"\xef\xbb\xbf" + array(LOGS),
        array(LOGS[:2]) + b"\n" + array(LOGS[2:]),
        b"\n".join(json.dumps(each, indent=1).encode() for each in LOGS),
    ],
)
def test_every_layout_gives_the_same_logs(content: bytes) -> None:
    assert read(content) == LOGS


def test_lines_are_numbered_as_an_editor_does() -> None:
    stream = io.BytesIO(b"\n" + ndjson(log(1)) + b"\n\n" + ndjson(log(2)))
    assert [raw.place for raw in raws(stream.readline, stream.read1)] == ["line 2", "line 5"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x1f\x8b\x08\x00", "it is compressed: `gunzip"),
        (b"type,log_id\n", "it is no JSON"),
        (b'"a text"\n', "it is no JSON"),
        (array(LOGS)[:-1], "after log 3 comes the end of the file in the middle of an array"),
        (array(LOGS)[:-20], "log 3 is no JSON, or cut off"),
        (array([log(1), 7]), "after log 1 comes something that is no object"),
        (array(LOGS) + b"]", "after log 3 comes something"),
        (json.dumps(log(1), indent=1).encode()[:-3], "log 1 is no JSON, or cut off"),
        (b'[{"type": "\xff"}]', "it is no UTF-8"),
        (b"[" + b'{"a":' * 100_000, "nested too deeply"),
        (b'[{"a":' + b"9" * 5_000 + b"}]", "a number too long"),
    ],
)
def test_what_is_broken_is_told_and_what_is_before_it_given(content: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said) as told:
        read(content)
    assert "ada" not in str(told.value)


def test_an_empty_file_and_an_empty_array_have_no_logs() -> None:
    assert read(b"") == read(b"\n\n") == read(b"[]") == read(b"[ ]\n") == []


def test_a_line_without_an_end_is_too_long_and_the_next_one_is_found() -> None:
    stream = io.BytesIO()
    stream.writelines([ndjson(log(1)), b'{"a": "', *2 * [b"x" * MOST_BYTES], ndjson(b'"}', log(2))])
    stream.seek(0)
    found = [(raw.place, raw.is_too_long, len(raw.text) <= MOST_BYTES) for raw in raws(stream.readline, stream.read1)]
    assert found == [("line 1", False, True), ("line 2", True, True), ("line 3", False, True)]
