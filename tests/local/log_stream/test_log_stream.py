"""What does `cdk deploy` do in an Auth0 tenant? In the order of a stream's life: each test goes on where one ended."""

import json
from datetime import UTC, datetime

import pytest
from botocore.exceptions import ClientError

from demo.cdk import CdkError
from demo.customer import STACKS
from demo.tenant.replies import too_many
from demo.tenant.server import Fault
from lambda_src.auth0_events.generator import generate_logs
from tests.local.app.deployment import eventually
from tests.local.log_stream.conftest import SECRET, Place

pytestmark = pytest.mark.local


def test_a_wrong_secret_is_said_by_the_cli(place: Place) -> None:
    wrong = json.loads(place.tenant.secret_text) | {"client_secret": "of-another-application"}
    place.customer.keep_secret(SECRET, json.dumps(wrong))
    with pytest.raises(CdkError, match="client_id or client_secret in secret auth0/example-tenant is wrong"):
        place.deploy_with_cli(place.own, "--method=direct")  # its other runs here take change sets
    assert not place.streams
    place.customer.secrets.put_secret_value(SecretId=SECRET, SecretString=place.tenant.secret_text)


def test_the_deployment_makes_the_stream_although_its_answer_got_lost_and_events_arrive(place: Place) -> None:
    place.tenant.faults += [
        Fault(method="GET", path="/api/v2/log-streams", reply=too_many(retry_after=1)),
        Fault(method="POST", path="/api/v2/log-streams", carried_out=True),
    ]
    place.deploy_with_cli(place.own)
    (stream,) = place.streams.values()
    source = stream["sink"]["awsPartnerEventSource"]
    outputs = place.customer.outputs()
    assert place.state(source) == "ACTIVE"
    assert (outputs["PartnerBusName"], outputs["LogStreamId"]) == (source, stream["id"])
    (log,) = place.tenant.streams.send(generate_logs(codes=("f",), count=1, seed=1, now=datetime.now(UTC)))
    assert eventually(lambda: [1 for count in place.customer.arrivals(outputs).values() if log in count])


def test_a_second_deployment_changes_nothing(place: Place) -> None:
    before, seen = place.stack(), len(place.tenant.seen)
    assert place.deploy(place.synthesise(auth0_secret=SECRET)) == []
    assert place.stack() == before
    assert len(place.tenant.seen) == seen


def test_filters_and_status_change_in_place(place: Place) -> None:
    (stream,) = map(dict, place.streams.values())
    other = place.synthesise(auth0_secret=SECRET, auth0_filters=("auth.login.fail",), auth0_status="paused")
    assert place.deploy(other) == [f"{STACKS}EventBus"]
    (now,) = place.streams.values()
    assert now == stream | {"filters": [{"type": "category", "name": "auth.login.fail"}], "status": "paused"}


def test_a_replacement_is_refused_by_the_cli_and_the_stream_is_as_it_was(place: Place) -> None:
    (stream,) = map(dict, place.streams.values())
    other = place.synthesise(
        auth0_secret=SECRET, auth0_priority=True, auth0_filters=("auth.login.fail",), auth0_status="paused"
    )
    with pytest.raises(CdkError, match="has priority false, not true, and Auth0 cannot change that"):
        place.deploy_with_cli(other)
    assert list(place.streams.values()) == [stream]
    assert place.stack()["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"


def test_the_stream_can_be_let_go_and_taken_over_while_its_bus_stays(place: Place) -> None:
    """The same bus by the source's name alone; then again by the secret, as a stream that somebody made by hand."""
    ((stream_id, stream),) = place.streams.items()
    source = stream["sink"]["awsPartnerEventSource"]
    made = place.customer.events.describe_event_bus(Name=source)["CreationTime"]
    for assembly in (place.synthesise(event_source=(source,)), place.own):
        place.deploy(assembly)
        assert list(place.streams) == [stream_id]
        assert place.state(source) == "ACTIVE"
        assert place.customer.events.describe_event_bus(Name=source)["CreationTime"] == made
    assert place.streams[stream_id]["status"] == "active"


def test_no_secret_was_ever_written_down(place: Place) -> None:
    told = place.everything_told()
    assert "log_stream" in told
    secret = json.loads(place.tenant.secret_text)["client_secret"]
    for each in (secret, "of-another-application", *place.tenant.tenant.tokens):
        assert each not in told


def test_a_replacement_that_is_allowed_is_a_new_stream_source_and_bus_once_the_rules_have_let_go(place: Place) -> None:
    (former,) = map(dict, place.streams.values())
    place.remove("Monitoring", "Targets")
    place.deploy(
        place.synthesise(
            auth0_secret=SECRET,
            auth0_priority=True,
            auth0_stream_name="a priority stream",
            allow_stream_replacement=True,
        )
    )
    kept, stream = place.streams.values()
    assert kept == former, "auth0_on_delete says what becomes of it"
    assert (stream["isPriority"], stream["name"]) == (True, "a priority stream")
    assert place.customer.outputs()["PartnerBusName"] == stream["sink"]["awsPartnerEventSource"]
    assert [place.state(each["sink"]["awsPartnerEventSource"]) for each in (kept, stream)] == ["ACTIVE", "ACTIVE"]


def test_the_stream_outlives_its_stack(place: Place) -> None:
    seen = len(place.tenant.seen)
    place.remove("Monitoring", "Targets", "EventBus")
    with pytest.raises(ClientError, match="does not exist"):
        place.stack()
    assert len(place.streams) == 2
    assert len(place.tenant.seen) == seen
