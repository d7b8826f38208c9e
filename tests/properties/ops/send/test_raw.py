"""Is every log of a file found, whatever its layout, and is nothing of a broken one passed over in silence?"""

import io
import json
import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.send.json_texts import texts
from ops.send.raw import raws
from tests.unit.ops.send.files import log, ndjson
from tests.unit.ops.send.test_raw import array, read

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=4,
)
objects = st.lists(st.dictionaries(st.text(), anything, min_size=1, max_size=4), min_size=1, max_size=4)


@given(objects, st.sampled_from([None, 1]))
def test_any_objects_are_found_in_lines_and_in_an_array(items: list[Any], indent: int | None) -> None:
    assert read(ndjson(*items)) == items
    assert read(array(items, indent)) == items


@given(objects, st.integers(min_value=1, max_value=7))
def test_an_object_may_be_cut_anywhere_between_two_chunks(items: list[Any], size: int) -> None:
    content = json.dumps(items, ensure_ascii=True).encode()
    chunks = (content[start : start + size] for start in range(0, len(content), size))
    assert [json.loads(text) for text in texts(chunks, most=10**6)] == items


@pytest.mark.parametrize("layout", ["lines", "array"])
def test_memory_does_not_grow_with_the_file(layout: str) -> None:
    size = 200_000  # of one log, bytes
    one = json.dumps(log(1, filler="x" * size)).encode()
    between = b"\n" if layout == "lines" else b",\n"

    class Endless(io.RawIOBase):
        """So many logs that are never in memory together."""

        left = 150

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            if not self.rest:
                if not self.left:
                    return 0
                self.left -= 1
                self.rest = one + (between if self.left else b"\n" if layout == "lines" else b"]")
            count = min(len(buffer), len(self.rest))
            buffer[:count], self.rest = self.rest[:count], self.rest[count:]
            return count

        rest = b"" if layout == "lines" else b"["

    tracemalloc.start()
    stream = io.BufferedReader(Endless())
    assert sum(1 for _ in raws(stream.readline, stream.read1)) == 150
    assert tracemalloc.get_traced_memory()[1] < 40 * size
    tracemalloc.stop()
