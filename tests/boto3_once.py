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
from botocore.utils import get_environ_proxies


@contextmanager
def computed_once() -> Iterator[None]:
    """What every session and client would read and work out again, and what depends on nothing but boto3 itself.

    The descriptions of the services (megabytes of JSON, searched for in folders), the class that a client is made of,
    an event's other name, whether its handler takes any argument, the parts of the user agent, TLS's settings, and the
    proxies, which no test changes.
    Sessions and clients stay each test's own.
    """
    creator: Any = ClientCreator
    aliaser: Any = hooks.EventAliaser
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("botocore.session.create_loader", cache(create_loader))
        patch.setattr(hooks, "accepts_kwargs", by_function(hooks.accepts_kwargs))
        patch.setattr(useragent, sanitize.__name__, cache(sanitize))
        patch.setattr("botocore.httpsession.create_urllib3_context", cache(create_urllib3_context))
        patch.setattr("botocore.endpoint.get_environ_proxies", cache(get_environ_proxies))
        patch.setattr("botocore.hooks._PrefixTrie._recursive_copy", lambda _, trie: {"_root": copied(trie["_root"])})
        patch.setattr(aliaser, "_alias_event_name", by_name(aliaser._alias_event_name))
        patch.setattr(creator, "_load_service_model", by_name(creator._load_service_model))
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


def by_function(question: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """One whose answer is the same for a function and for it as a method of any client, asked once for each."""
    asked = cache(question)
    return lambda handler: asked(getattr(handler, "__func__", handler))


def copied(node: dict[str, Any]) -> dict[str, Any]:
    """As botocore copies a client's hundreds of handlers, without asking of each value what it is."""
    children, values = node["children"], node["values"]
    if values:
        first, middle, last = values
        values = hooks.NodeList(first[:], middle[:], last[:])
    children = {chunk: copied(child) for chunk, child in children.items()} if children else {}
    return {"chunk": node["chunk"], "children": children, "values": values}
