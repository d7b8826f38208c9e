"""Do several requests at once keep every promise that one at a time keeps?"""

from lambda_src.sender.core import MOST_ATTEMPTS
from lambda_src.sender.outcomes import Failure
from tests.unit.lambda_src.sender.fakes import entries
from tests.unit.lambda_src.sender.test_lanes import AT_ONCE, Bus, delivery_to


def test_every_event_ends_in_exactly_one_state() -> None:
    bus, failures = Bus(answers=4), list[Failure]()
    delivery = delivery_to(bus, failures)
    delivery.run(entries(2_000))
    sent = [log_id for log_id, refusal in bus.final.items() if refusal is None]
    failed = [failure.entry.log_id for failure in failures]
    assert sorted(sent + failed) == sorted(map(str, range(2_000)))
    assert (delivery.sent, delivery.failed) == (len(sent), len(failed))
    assert all(failure.attempts == bus.attempts[failure.entry.log_id] <= MOST_ATTEMPTS for failure in failures)
    assert delivery.retries == bus.attempts.total() - 2_000
    assert delivery.retried == sum(attempts > 1 for attempts in bus.attempts.values())
    assert 1 < len(bus.threads) <= AT_ONCE
    assert 1 < bus.most_at_once <= AT_ONCE
