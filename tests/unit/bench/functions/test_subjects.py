from bench.functions.services import answer_to
from bench.functions.subjects import batch_of, event_with, subjects
from bench.stream.per_record import DEPLOYED
from lambda_src.activity.batch import read_batch
from lambda_src.auth0_events.envelope import parse_event
from stacks.components.function_code import CHECKOUT


def test_every_function_is_measured() -> None:
    handlers = (CHECKOUT / "lambda_src").glob("*/handler.py")
    assert {subject.name for subject in subjects()} == {handler.parent.name for handler in handlers}


def test_the_stream_reader_can_read_every_record_and_each_is_another_log() -> None:
    batch = read_batch(batch_of(300))
    assert not batch.refused
    assert len({log.log_id for log in batch.logs}) == 300


def test_an_event_is_of_the_type_that_was_asked_for() -> None:
    assert parse_event(event_with("limit_wc", 3)).type == "limit_wc"


def test_a_stand_in_answers_each_entry() -> None:
    answer = answer_to("PutEvents", {"Entries": [{}, {}]})
    assert (answer["FailedEntryCount"], len(answer["Entries"])) == (0, 2)


def test_the_measured_batch_is_the_deployed_one() -> None:
    source = (CHECKOUT / "stacks" / "components" / "route_to_stream.py").read_text()
    assert f"batch_size={DEPLOYED}," in source
