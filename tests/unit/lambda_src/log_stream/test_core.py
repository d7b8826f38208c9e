"""What becomes of the stream at each request of CloudFormation's?"""

import pytest

from demo.tenant.replies import Reply, too_many
from demo.tenant.server import Fault
from lambda_src.log_stream.refusal import Refused
from lambda_src.log_stream.wanted import NOT_MADE
from tests.unit.lambda_src.log_stream.tenant import ACCOUNT, REGION, SOURCE, World, request

STREAMS = "/api/v2/log-streams"
LOST = Fault(method="POST", path=STREAMS, carried_out=True)
BROKEN = Fault(method="POST", path=STREAMS)


def test_a_create_makes_the_stream_and_answers_the_event_source_once_eventbridge_shows_it(tenant: World) -> None:
    keeper = tenant.keeper()
    source = keeper.carry_out(
        request("Create", Filters=["auth.login.fail", "management.fail"], IsPriority="true", StartFrom="2026-11-01")
    )
    (stream,) = tenant.streams.values()
    assert stream["id"] == keeper.stream_id
    assert source
    assert source.startswith(SOURCE)
    assert [source] == tenant.shown == list(tenant.partner.sources)
    assert stream["sink"] == {"awsAccountId": ACCOUNT, "awsRegion": REGION, "awsPartnerEventSource": source}
    assert [each["name"] for each in stream["filters"]] == ["auth.login.fail", "management.fail"]
    assert (stream["isPriority"], stream["status"]) == (True, "active")
    assert tenant.calls == ["GET streams", "POST streams"]


def test_a_second_create_finds_the_stream_of_the_first(tenant: World) -> None:
    assert tenant.create() == tenant.create()
    assert len(tenant.streams) == 1


def test_a_stream_that_was_kept_and_paused_is_taken_over_and_sends_again(tenant: World) -> None:
    kept = tenant.create(Filters=["auth.login.fail"])
    tenant.delete(kept, OnDelete="pause")
    assert tenant.create() == kept
    assert (tenant.streams[str(kept)]["status"], tenant.streams[str(kept)]["filters"]) == ("active", [])


@pytest.mark.parametrize(
    "fault", [LOST, BROKEN, Fault(method="POST", path=STREAMS, reply=Reply(502), carried_out=True)]
)
def test_a_stream_whose_answer_got_lost_is_found_before_another_is_made(tenant: World, fault: Fault) -> None:
    tenant.server.faults.append(fault)
    assert tenant.create() in tenant.streams
    assert len(tenant.streams) == 1
    assert tenant.calls.count("POST streams") == (1 if fault.carried_out else 2)


def test_only_a_stream_to_this_account_and_region_is_taken_over(tenant: World) -> None:
    tenant.create(Region="us-east-1")
    with pytest.raises(Refused, match="choose one with -c auth0_stream_name"):
        tenant.create()
    assert len(tenant.streams) == 1


def test_a_stream_of_another_priority_is_not_taken_over(tenant: World) -> None:
    tenant.create(IsPriority="true")
    with pytest.raises(Refused, match="has this name already, with priority true, not false"):
        tenant.create()


def test_name_filters_and_status_change_in_place(tenant: World) -> None:
    made = str(tenant.create())
    assert tenant.update(made, Name="renamed", Filters=["auth.login.fail"], Status="paused") == made
    stream = tenant.streams[made]
    assert (stream["name"], stream["status"]) == ("renamed", "paused")
    assert stream["filters"] == [{"type": "category", "name": "auth.login.fail"}]
    assert len(tenant.partner.sources) == 1


def test_an_update_that_changes_nothing_writes_nothing(tenant: World) -> None:
    made = tenant.create(StartFrom="2026-11-01")
    before = len(tenant.calls)
    assert tenant.update(made, StartFrom="2026-12-01", OnDelete="pause") == made
    assert tenant.calls[before:] == [f"GET streams/{made}"]


@pytest.mark.parametrize(
    ("properties", "says"),
    [
        ({"Region": "us-east-1"}, "has region eu-west-1, not us-east-1"),
        ({"AccountId": "210987654321"}, "has account 123456789012, not 210987654321"),
        ({"IsPriority": "true"}, "has priority false, not true"),
    ],
)
def test_what_auth0_cannot_change_is_refused_unless_a_replacement_is_allowed(
    tenant: World, properties: dict[str, str], says: str
) -> None:
    made = tenant.create()
    with pytest.raises(Refused, match=says) as refused:
        tenant.update(made, **properties)
    assert "a new event source and a new bus" in str(refused.value)
    assert "-c allow_stream_replacement=true" in str(refused.value)
    assert tenant.update(made) == made, "the rollback must succeed"
    replaced = tenant.update(made, Name="another", AllowReplacement="true", **properties)
    assert replaced != made
    assert set(tenant.streams) == {made, replaced}, "the old one goes by a Delete of its own"
    assert tenant.update(replaced) == made, "a rollback finds the old one without leave"


def test_a_stream_that_is_gone_is_not_made_again_without_leave(tenant: World) -> None:
    made = tenant.create()
    tenant.server.streams.delete(str(made))
    with pytest.raises(Refused, match="which the tenant of secret auth0/example does not have"):
        tenant.update(made)
    assert tenant.update(made, AllowReplacement="true") in tenant.streams


@pytest.mark.parametrize(
    ("how", "left"), [({}, "active"), ({"OnDelete": "pause"}, "paused"), ({"OnDelete": "delete"}, None)]
)
def test_a_delete_keeps_pauses_or_deletes_the_stream(tenant: World, how: dict[str, str], left: str | None) -> None:
    made = str(tenant.create())
    tenant.delete(made, **how)
    assert tenant.streams.get(made, {}).get("status") == left


@pytest.mark.parametrize("how", ["keep", "pause", "delete"])
def test_a_delete_of_what_is_gone_or_was_never_made_succeeds(tenant: World, how: str) -> None:
    tenant.delete(NOT_MADE, OnDelete=how)
    assert tenant.server.seen == [], "it needs no secret either"
    tenant.delete("lst_0000000000000099", OnDelete=how)
    assert not tenant.streams


def test_a_stream_is_kept_without_asking_auth0(tenant: World) -> None:
    made = tenant.create()
    before = len(tenant.server.seen)
    tenant.delete(made)
    assert len(tenant.server.seen) == before


def test_a_stream_whose_source_does_not_show_has_an_id_all_the_same(tenant: World) -> None:
    keeper = tenant.keeper()

    def never(_source: str) -> None:
        raise Refused("it does not show")

    keeper.wait_for = never
    with pytest.raises(Refused):
        keeper.carry_out(request("Create"))
    assert keeper.stream_id in tenant.streams


def test_too_many_requests_wait_as_long_as_auth0_says(tenant: World) -> None:
    tenant.server.faults += [
        Fault(method="POST", path="/oauth/token", reply=too_many(retry_after=3)),
        Fault(method="GET", path=STREAMS, reply=too_many(reset=1_800_000_010)),
        Fault(method="POST", path=STREAMS, reply=too_many()),
    ]
    assert tenant.create() in tenant.streams
    assert [round(seconds) for seconds in tenant.waited] == [3, 7, 1]
