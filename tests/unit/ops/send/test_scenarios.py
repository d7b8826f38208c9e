"""Do the scenarios tell what they claim, in logs as Auth0 writes them?"""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest

from lambda_src.auth0_events.attack_protection import ATTACK_PROTECTION
from lambda_src.auth0_events.envelope import Auth0Log
from lambda_src.auth0_events.log_types import LOG_TYPES, codes_of
from ops.send.scenarios.catalogue import SCENARIOS
from ops.send.scenarios.story import logs_of

END = datetime(2026, 11, 25, 12, tzinfo=UTC)
SEEDS = (1, 2, 3)
FAILED = {*codes_of("auth.login.fail")}
names = pytest.mark.parametrize("name", list(SCENARIOS))
seeds = pytest.mark.parametrize("seed", SEEDS)


@cache
def story(name: str, seed: int = 1, scale: int = 1, duration: timedelta | None = None) -> list[Auth0Log]:
    scenario = SCENARIOS[name]
    start = END - (duration or timedelta(seconds=scenario.seconds))
    happenings = scenario.happenings(seed=seed, scale=scale)
    return list(logs_of(happenings, seconds=scenario.seconds, seed=seed, start=start, end=END))


def of(logs: Iterable[Auth0Log], *codes: str, **fields: Any) -> list[Auth0Log]:
    return [log for log in logs if log.type in codes and all(log.data.get(name) == fields[name] for name in fields)]


def attackers(logs: Iterable[Auth0Log]) -> set[str]:
    return {log.ip for log in logs if log.ip.startswith("203.0.113.")}


@names
def test_the_same_seed_tells_the_same_story_and_another_one_another(name: str) -> None:
    once, again = (SCENARIOS[name].happenings(seed=7, scale=1) for _ in range(2))
    assert once == again
    assert [each.known for each in once] == [each.known for each in again]
    assert {log.log_id for log in story(name, 1)}.isdisjoint({log.log_id for log in story(name, 2)})


@names
def test_whoever_is_no_attacker_has_one_address(name: str) -> None:
    homes: dict[str, set[str]] = {}
    for log in story(name):
        if log.type in {"s", "seacft", "ssa", "sertft"} and log.ip not in attackers([log]):
            homes.setdefault(log.data["user_id"], set()).add(log.ip)
    assert {len(found) for found in homes.values()} == {1}


@seeds
def test_stuffing_is_mostly_failures_from_few_addresses_at_many_accounts(seed: int) -> None:
    logs = story("credential-stuffing", seed)
    theirs = attackers(logs)
    attack = [log for log in logs if log.ip in theirs]
    tried = of(attack, "f", "fp", "fu", "s")
    assert len([log for log in tried if log.type in FAILED]) > 0.9 * len(tried)
    assert len({log.data["user_name"] for log in tried}) > 20 * len({log.ip for log in of(attack, "limit_mu")})
    assert {"fp", "fu", "pwd_leak", "limit_mu", "limit_wc"} <= {log.type for log in attack}


@seeds
def test_an_address_that_is_blocked_is_silent_from_then_on(seed: int) -> None:
    for name in ("credential-stuffing", "signup-burst"):
        logs = story(name, seed)
        blocked = of(logs, "limit_mu")
        assert len(blocked) >= 4
        for block in blocked:
            after = [log.type for log in logs[logs.index(block) + 1 :] if log.ip == block.ip]
            assert set(after) <= {"fn"}  # an e-mail that comes back later


@seeds
def test_who_was_hit_loses_the_account_and_gets_it_back(seed: int) -> None:
    logs = story("credential-stuffing", seed)
    addresses = attackers(logs)
    hits = {log.data["user_id"] for log in of(logs, "s") if log.ip in addresses}
    assert len(hits) == 2
    for user in hits:
        own = [(log.type, log.ip in addresses) for log in logs if log.data.get("user_id") == user]
        kinds = [each for each in own if each[0] in {"s", "scp", "fp"}]
        theirs, back = [("s", True), ("s", True), ("scp", True)], [("fp", False), ("scp", False), ("s", False)]
        assert kinds[-6:] == [*theirs, *back]


@seeds
def test_a_takeover_goes_from_a_new_address_over_the_second_factor_to_deleted_users(seed: int) -> None:
    logs = story("tenant-takeover", seed)
    (address,) = attackers(logs)
    theirs = of(logs, *LOG_TYPES, ip=address)
    order = [log.type for log in theirs]
    for before, after in (("fp", "gd_start_auth"), ("gd_auth_rejected", "gd_auth_succeed"), ("gd_auth_succeed", "s")):
        assert order.index(before) < order.index(after)
    assert order.index("s") < order.index("gd_unenroll") < order.index("sapi") < order.index("sdu")
    (admin,) = {log.data["user_id"] for log in of(theirs, "s")}
    assert [log for log in of(logs, "s", user_id=admin) if log.ip != address]
    described = {log.description for log in of(theirs, "sapi", user_id=admin)}
    assert {"Create a client", "Delete a log stream", "Update a rule"} <= described


@seeds
def test_who_was_deleted_logged_in_before_and_is_unknown_after(seed: int) -> None:
    logs = story("tenant-takeover", seed)
    deleted = of(logs, "sdu")
    assert len(deleted) == 8
    for gone in deleted:
        at = logs.index(gone)
        assert of(logs[:at], "s", user_id=gone.data["user_id"])
        assert of(logs[at:], "fu", user_name=gone.data["user_name"])
        assert not of(logs[at:], "s", user_id=gone.data["user_id"])
        assert any(gone.data["user_id"].replace("|", "%7C") in json.dumps(log.data) for log in of(logs, "sapi"))


@seeds
def test_bots_sign_up_in_a_burst_unverified_and_are_deleted(seed: int) -> None:
    logs = story("signup-burst", seed)
    addresses = attackers(logs)
    bots = of([log for log in logs if log.ip in addresses], "ss")
    assert len(bots) > 3 * len([log for log in of(logs, "ss") if log not in bots])
    minutes = Counter(log.date[:16] for log in bots)
    assert len(minutes) < 10
    verified = {log.data["user_id"] for log in of(logs, "sv")}
    assert verified
    assert verified.isdisjoint({log.data["user_id"] for log in bots})
    assert {log.data["user_id"] for log in of(logs, "sdu")} == {log.data["user_id"] for log in bots}
    assert {"fs", "signup_pwd_leak", "fn", "limit_mu"} <= {log.type for log in logs}
    assert {log.data["details"]["flow"] for log in of(logs, "limit_mu")} == {"signup"}


@seeds
def test_a_quiet_day_has_no_attack_few_failures_and_a_curve(seed: int) -> None:
    logs = story("quiet-day", seed)
    assert not attackers(logs)
    assert not of(logs, *ATTACK_PROTECTION)
    logins = of(logs, *codes_of("auth.login.success"))
    assert 0 < len([log for log in logs if log.type in FAILED]) < 0.15 * len(logins)
    start = END - timedelta(days=1)
    hours = Counter((datetime.fromisoformat(log.date) - start).seconds // 3_600 for log in logins)
    assert sum(hours[hour] for hour in range(8, 12)) > 5 * sum(hours[hour] for hour in range(4))
    assert {"s", "seacft", "sertft", "slo", "seccft"} <= {log.type for log in logs}
