"""How do hundreds of boto3's sessions and clients cost little more than a few?"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
from botocore import hooks, useragent
from botocore.client import ClientCreator
from botocore.httpsession import create_urllib3_context
from botocore.loaders import create_loader
from botocore.useragent import sanitize_user_agent_string_component as sanitize


@contextmanager
def computed_once() -> Iterator[None]:
    """What every session and client would read and work out again, and what depends on nothing but boto3 itself.

    The descriptions of the services (megabytes of JSON, searched for in folders), the class that a client is made of,
    an event's other name, whether its handler takes any argument, the parts of the user agent, and TLS's settings.
    Sessions and clients stay each test's own.
    """
    creator: Any = ClientCreator
    aliaser: Any = hooks.EventAliaser
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("botocore.session.create_loader", cache(create_loader))
        patch.setattr(hooks, "accepts_kwargs", cache(hooks.accepts_kwargs))
        patch.setattr(useragent, sanitize.__name__, cache(sanitize))
        patch.setattr("botocore.httpsession.create_urllib3_context", cache(create_urllib3_context))
        patch.setattr("botocore.hooks._PrefixTrie._recursive_copy", lambda _, trie: {"_root": copied(trie["_root"])})
        patch.setattr(aliaser, "_alias_event_name", by_name(aliaser._alias_event_name))
        patch.setattr(creator, "_create_client_class", by_name(creator._create_client_class))
        yield


def by_name(method: Callable[..., Any]) -> Callable[..., Any]:
    """A method whose answer depends on its first argument alone, asked once for each."""
    known: dict[str, Any] = {}

    def ask_once(self: Any, name: str, *others: Any) -> Any:
        if name not in known:
            known[name] = method(self, name, *others)
        return known[name]

    return ask_once


def copied(node: dict[str, Any]) -> dict[str, Any]:
    """As botocore copies a client's hundreds of handlers, without asking of each value what it is."""
    children = {chunk: copied(child) for chunk, child in node["children"].items()}
    values = node["values"] and hooks.NodeList(*[each[:] for each in node["values"]])
    return {"chunk": node["chunk"], "children": children, "values": values}
