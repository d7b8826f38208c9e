"""What is app.py's equivalent in JavaScript?

The program is made from the calls that app.py makes across the jsii border (bench/synthesis/recording.py): the same
constructs in the same order with the same properties, as straight code with nothing to decide. It is therefore at least
as fast as one that somebody would write by hand, and never behind app.py.
"""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

Exchange = tuple[dict[str, Any], dict[str, Any]]  # a request to jsii's kernel, and its answer
TOKEN = re.compile(r"[$#]\{Token\[[^\]]*\]\}")
NUMBER_TOKENS = -1e200  # https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/core/lib/private/encoding.ts
BEGINNING = """\
'use strict';
const cdk = { 'aws-cdk-lib': require('aws-cdk-lib'), constructs: require('constructs') };
const o = {};
const t = {};
const callbacks = [];
const overridden = (object, names) => {
  for (const name of names) Object.defineProperty(object, name, { get: () => callbacks.shift()() });
  return object;
};
"""


def program(exchanges: Sequence[Exchange]) -> str:
    return Program(exchanges).text()


class Program:
    """Statements for exchanges; `o` holds objects by jsii's reference, `t` tokens by the text that app.py saw."""

    def __init__(self, exchanges: Sequence[Exchange]) -> None:
        self._exchanges = iter(exchanges)

    def text(self) -> str:
        return BEGINNING + "\n".join(self._statements()) + "\n"

    def _statements(self) -> Iterator[str]:
        """Until the exchanges end, or a callback does."""
        for request, answer in self._exchanges:
            if "complete" in request:
                yield f"return {written(request['complete']['result'])};"
                self._completed = answer
                return
            if request["api"] == "load":
                continue
            while "callback" in answer:
                yield from self._callback(answer["callback"])
                answer = self._completed  # what the call came to in the end
            yield from self._statement(request, answer["ok"])

    def _callback(self, callback: dict[str, Any]) -> Iterator[str]:
        """aws-cdk asks for a property that app.py has written."""
        if "get" not in callback:
            raise NotImplementedError(f"app.py answers a call of aws-cdk's, which has no JavaScript here: {callback}")
        yield "callbacks.push(() => {"
        yield from self._statements()
        yield "});"

    def _statement(self, request: dict[str, Any], answer: dict[str, Any]) -> Iterator[str]:
        result = answer if request["api"] == "create" else answer.get("value", answer.get("result"))
        names = list(kept("r", result))
        if names:
            yield "{ const r = " + call(request) + ";"
            yield from names
            yield "}"
        else:
            yield call(request) + ";"


def call(request: dict[str, Any]) -> str:
    api, on = request["api"], request.get("objref")
    receiver = written(on) if on else named(request["fqn"])
    arguments = ", ".join(written(each) for each in request.get("args") or [])
    if api == "create":
        properties = [each["property"] for each in request["overrides"]]
        made = f"new {receiver}({arguments})"
        return f"overridden({made}, {json.dumps(properties)})" if properties else made
    if api in {"invoke", "sinvoke"}:
        return f"{receiver}.{request['method']}({arguments})"
    if api in {"set", "sset"}:
        return f"{receiver}.{request['property']} = {written(request['value'])}"
    return f"{receiver}.{request['property']}"


def named(fqn: str) -> str:
    """`aws-cdk-lib.aws_lambda.Function`, as JavaScript reaches it."""
    package, _, path = fqn.partition(".")
    return f"cdk[{json.dumps(package)}].{path}"


def kept(name: str, value: Any) -> Iterator[str]:
    """Statements that keep each object and each token inside an answer under the name that later requests give it."""
    if isinstance(value, str):
        for number, token in enumerate(TOKEN.findall(value)):
            yield f"t[{json.dumps(token)}] = {name}.match({js_pattern()})[{number}];"
    elif isinstance(value, float) and value < NUMBER_TOKENS:
        yield f"t[{json.dumps(repr(value))}] = {name};"
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from kept(f"{name}[{number}]", each)
    elif isinstance(value, dict) and "$jsii.byref" in value:
        yield f"o[{json.dumps(value['$jsii.byref'])}] = {name};"
    elif isinstance(value, dict) and "$jsii.struct" in value:
        yield from kept(name, value["$jsii.struct"]["data"])
    elif isinstance(value, dict) and "$jsii.enum" not in value:
        for key, each in value.items():
            yield from kept(f"{name}[{json.dumps(key)}]", each)


def js_pattern() -> str:
    return r"/[$#]\{Token\[[^\]]*\]\}/g"


def written(value: Any) -> str:
    """An argument in JavaScript. What Python left out (null) is left out."""
    if isinstance(value, str):
        return text_with_tokens(value)
    if isinstance(value, float) and value < NUMBER_TOKENS:
        return f"t[{json.dumps(repr(value))}]"
    if isinstance(value, list):
        return "[" + ", ".join(written(each) for each in value) + "]"
    if not isinstance(value, dict):
        return "undefined" if value is None else json.dumps(value)
    if "$jsii.byref" in value:
        return f"o[{json.dumps(value['$jsii.byref'])}]"
    if "$jsii.enum" in value:
        return named(value["$jsii.enum"].replace("/", "."))
    fields = value["$jsii.struct"]["data"] if "$jsii.struct" in value else value.get("$jsii.map", value)
    return "{" + ", ".join(f"{json.dumps(k)}: {written(v)}" for k, v in fields.items() if v is not None) + "}"


def text_with_tokens(text: str) -> str:
    pieces = [json.dumps(piece) for piece in TOKEN.split(text)]
    for number, token in enumerate(TOKEN.findall(text)):
        pieces.insert(2 * number + 1, f"t[{json.dumps(token)}]")
    return " + ".join(piece for piece in pieces if piece != '""') or '""'
