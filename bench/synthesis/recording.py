"""Which calls does app.py make across the jsii border?

Run as a program it is app.py, watched: `python -m bench.synthesis.recording calls.json`, with the environment that the
CDK CLI gives an app. It writes a list of [request, answer] in the protocol of jsii's kernel:
https://github.com/aws/jsii/blob/main/packages/%40jsii/runtime/lib/in-out.ts
"""

import json
import sys
from pathlib import Path
from typing import Any

from jsii._kernel.providers import process
from jsii._kernel.types import EnumRef, ObjRef

from bench.synthesis.javascript import Exchange


def record() -> list[Exchange]:
    """The exchanges of one synthesis, in order."""
    exchanges: list[Exchange] = []
    kernel: Any = process._NodeProcess  # noqa: SLF001 - jsii has no other place where all calls come by
    original_send, original_next = kernel.send, kernel._next_message  # noqa: SLF001
    answers: list[dict[str, Any]] = []

    def next_message(self: Any) -> Any:
        answers.append(dict(original_next(self)))
        return answers[-1]

    def send(self: Any, request: Any, response_type: Any) -> Any:
        asked = json.loads(json.dumps(self._serializer.unstructure(request), default=process.jdefault))
        answer = original_send(self, request, response_type)
        exchanges.append((asked, answers[-1]))
        return answer

    kernel.send, kernel._next_message = send, next_message  # noqa: SLF001
    import app  # its imports are calls too

    app.main()
    return exchanges


def as_received(value: Any) -> Any:
    """What jsii's reader has made of an answer's references, as they were."""
    if isinstance(value, ObjRef):
        return {"$jsii.byref": value.ref}
    if isinstance(value, EnumRef):
        return {"$jsii.enum": f"{value.ref.ref.removesuffix('@')}/{value.member}"}
    return process.jdefault(value)  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(record(), default=as_received))
