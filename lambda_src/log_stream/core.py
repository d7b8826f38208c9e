"""What is done to the log stream for one request of CloudFormation's?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from lambda_src.log_stream.refusal import Refused
from lambda_src.log_stream.stream import LogStream
from lambda_src.log_stream.wanted import OnDelete, Request, Wanted


class Streams(Protocol):
    """An Auth0 tenant's log streams; every method raises Refused."""

    def find(self, wanted: Wanted) -> LogStream | None: ...
    def get(self, stream_id: str) -> LogStream | None: ...
    def make(self, wanted: Wanted) -> LogStream: ...
    def change(self, stream: LogStream, changes: Mapping[str, Any]) -> LogStream: ...
    def pause(self, stream_id: str) -> None: ...
    def delete(self, stream_id: str) -> None: ...


@dataclass(slots=True)
class Keeper:
    """Keeps one log stream as it is wanted.

    `tenant` gives the tenant of a secret (its name); `wait_for` returns when EventBridge shows an event source. Both
    raise Refused. `stream_id` is known as soon as there is a stream, even if what comes after fails: then its resource
    has an id by which it can be deleted.
    """

    tenant: Callable[[str], Streams]
    wait_for: Callable[[str], None]
    stream_id: str | None = None

    def carry_out(self, request: Request) -> str | None:
        """The name of the partner event source; None after a Delete. Raises Refused."""
        self.stream_id = request.stream_id
        if request.kind == "Delete":
            self._let_go(request)
            return None
        tenant = self.tenant(request.wanted.secret)
        stream = self._create(tenant, request) if request.kind == "Create" else self._update(tenant, request)
        self.stream_id = stream.id
        if changes := stream.changes(request.wanted):
            stream = tenant.change(stream, changes)
        self.wait_for(stream.event_source)
        return stream.event_source

    def _create(self, tenant: Streams, request: Request) -> LogStream:
        """A stream of this name and sink is taken over: an earlier attempt made it, or it was kept."""
        if not (found := tenant.find(request.wanted)):
            return tenant.make(request.wanted)
        if different := found.beyond_change(request.wanted):
            raise Refused(
                f"log stream {found.id} has this name already, with {different}, which Auth0 cannot change: "
                "delete it in Auth0, or choose another name with -c auth0_stream_name"
            )
        return found

    def _update(self, tenant: Streams, request: Request) -> LogStream:
        """The same stream unless Auth0 cannot change it.

        A replacement is another id: CloudFormation then sends a Delete for the former one. When it rolls one back, the
        stream as it is wanted exists already.
        """
        wanted, now = request.wanted, tenant.get(request.stream_id or "")
        different = now.beyond_change(wanted) if now else f"which the tenant of secret {wanted.secret} does not have"
        if now and not different:
            return now
        found = tenant.find(wanted)
        if found and not found.beyond_change(wanted):
            return found
        if not wanted.allow_replacement:
            had = f"has {different}, and Auth0 cannot change that" if now else different
            raise Refused(
                f"log stream {request.stream_id} {had}: it takes a new stream, thus a new event source and a new bus. "
                "Take the setting back; or let the rules go first (cdk destroy the stacks Monitoring and Targets), and "
                "allow it with -c allow_stream_replacement=true"
            )
        return tenant.make(wanted)

    def _let_go(self, request: Request) -> None:
        """Without a call where the stream is kept: the secret may be gone by then."""
        if request.stream_id is None or request.wanted.on_delete is OnDelete.KEEP:
            return
        if request.wanted.on_delete is OnDelete.PAUSE:
            self.tenant(request.wanted.secret).pause(request.stream_id)
        else:
            self.tenant(request.wanted.secret).delete(request.stream_id)
