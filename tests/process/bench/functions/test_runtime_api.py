import json
from collections.abc import Iterator
from urllib.request import Request, urlopen

import pytest

from bench.functions.runtime_api import RuntimeApi


@pytest.fixture
def api() -> Iterator[RuntimeApi]:
    api = RuntimeApi([{"number": 1}, {"number": 2}])
    yield api
    api.close()


def ask(api: RuntimeApi) -> tuple[str, dict[str, int]]:
    with urlopen(f"http://{api.address}/2018-06-01/runtime/invocation/next", timeout=5) as response:
        return response.headers["Lambda-Runtime-Aws-Request-Id"], json.load(response)


def tell(api: RuntimeApi, path: str, answer: object) -> int:
    url = f"http://{api.address}/2018-06-01/runtime/{path}"
    with urlopen(Request(url, json.dumps(answer).encode()), timeout=5) as response:
        status: int = response.status
        return status


def test_each_event_is_given_once_and_each_answer_kept(api: RuntimeApi) -> None:
    assert [ask(api), ask(api)] == [("0", {"number": 1}), ("1", {"number": 2})]
    assert tell(api, "invocation/0/response", {"done": True}) == 202
    assert (api.answers, api.failure, len(api.asked_at)) == ([{"done": True}], "", 2)
    assert not api.is_over.is_set()


def test_a_failure_ends_its_life_and_says_why(api: RuntimeApi) -> None:
    tell(api, "init/error", {"errorType": "KeyError", "errorMessage": "'TOPIC_ARN'"})
    assert api.is_over.is_set()
    assert api.failure == "KeyError: 'TOPIC_ARN'"
