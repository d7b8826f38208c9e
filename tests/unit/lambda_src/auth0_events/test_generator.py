"""Are generated logs reproducible, distinct, harmless, and of the kind that they say?"""

import ast
import itertools
import json
import re
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from lambda_src.auth0_events import families
from lambda_src.auth0_events.descriptions import DESCRIPTIONS
from lambda_src.auth0_events.details import DETAILS
from lambda_src.auth0_events.envelope import Auth0Log, detail_json, parse_event
from lambda_src.auth0_events.generator import generate_log, generate_logs
from lambda_src.auth0_events.log_types import LOG_TYPES, UnknownLogType, codes_of

NOW = datetime(2026, 11, 23, 12, 0, 12, 345678, tzinfo=UTC)
CODES = tuple(LOG_TYPES)
SEEDS = range(12)


def _data(code: str, seed: int = 1) -> Any:
    return generate_log(code, seed=seed, index=0, now=NOW).data


def _undocumented(text: str) -> list[str]:
    """The addresses and domains in `text` that RFC 5737, RFC 3849 and RFC 2606 do not reserve for documentation.

    `…@clients` is no e-mail address: Auth0's tokens name an application so.
    """
    addresses = re.findall(r"\d+\.\d+\.\d+\.\d+|(?<![\w-])[0-9a-f]*:[0-9a-f:]*:[0-9a-f]*(?![\w-])", text)
    domains = re.findall(r"@([\w.-]+)|\w://([^/\s]+)|([\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|dev|eu|app))\b", text)
    return [
        *(a for a in addresses if not re.match(r"(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$|2001:db8:", a)),
        *(d for d in map("".join, domains) if d != "clients" and not re.search(r"(^|\.)example\.(com|org|net)$", d)),
    ]


def test_a_log_needs_none_of_the_earlier_ones() -> None:
    for index, log in enumerate(generate_logs(codes=CODES, count=400, seed=5, now=NOW)):
        assert log == generate_log(CODES[index % len(CODES)], seed=5, index=index, now=NOW)


def test_another_seed_gives_another_log() -> None:
    assert len({detail_json(generate_log("fp", seed=seed, index=0, now=NOW)) for seed in range(100)}) == 100


def test_the_codes_take_turns_so_that_none_is_left_out() -> None:
    for count in (len(CODES), len(CODES) + 30, 3 * len(CODES)):
        made = Counter(log.type for log in generate_logs(codes=CODES, count=count, seed=1, now=NOW))
        assert set(made) == set(CODES)
        assert max(made.values()) - min(made.values()) <= 1
        assert made.total() == count


def test_logs_are_made_only_when_asked_for() -> None:
    many = generate_logs(codes=["s"], count=10**15, seed=1, now=NOW)
    assert [log.type for log in itertools.islice(many, 3)] == ["s", "s", "s"]


def test_every_log_has_what_all_logs_have() -> None:
    for code in CODES:
        log = generate_log(code, seed=3, index=9, now=NOW)
        assert (log.type, log.data["type"], log.data["log_id"]) == (code, code, log.log_id)
        assert log.description
        assert log.tenant_name


def test_every_log_survives_its_journey_as_json() -> None:
    for log in generate_logs(codes=CODES, count=2 * len(CODES), seed=1, now=NOW):
        assert parse_event({"detail": json.loads(detail_json(log))}) == log


@pytest.mark.parametrize(
    "text",
    ["from 10.0.0.1", "fe80::1", "2001:db9::1", "a@mail.test", "https://login.auth0.com/x", "acme.eu", "xexample.com"],
)
def test_the_check_of_addresses_and_domains_sees_a_real_one(text: str) -> None:
    assert _undocumented(text)


def test_every_code_has_one_family_and_no_table_names_an_unknown_one() -> None:
    assert Counter(code for family in families._FAMILIES for code in family.codes) == Counter(CODES)
    assert LOG_TYPES.keys() >= DETAILS.keys() | DESCRIPTIONS.keys()


def test_an_unknown_user_has_no_id_and_a_known_one_has() -> None:
    for code in ("fu", "fs", "signup_pwd_leak"):
        assert "user_id" not in _data(code)
        assert "@example." in _data(code)["user_name"]
    for code in ("fp", "s", "sdu", "limit_wc"):
        assert _data(code)["user_id"].partition("|")[2]


def test_a_blocked_account_has_an_address_and_no_details() -> None:
    assert _data("limit_wc")["ip"]
    assert "details" not in _data("limit_wc")


def test_management_logs_have_the_request_and_the_response() -> None:
    for code in codes_of("management.success"):
        for seed in SEEDS:
            data = _data(code, seed)
            request = data["details"]["request"]
            assert request["method"]
            assert request["path"].startswith("/api/v2/")
            assert request["ip"] == data["ip"]
            assert request["auth"]["user"]["user_id"] == data["user_id"]
            assert data["details"]["response"]["statusCode"] in {200, 201, 204}


def test_a_token_exchange_has_its_client_and_its_grant() -> None:
    exchanges = (*codes_of("auth.token_exchange.success"), *codes_of("auth.token_exchange.fail"))
    for code in exchanges:
        assert re.fullmatch(r"[0-9A-Za-z]{32}", _data(code)["client_id"])
        assert re.search("for .*Access Token|Exchange|CIBA|Refresh Token", _data(code)["description"])


def test_a_notification_of_the_system_has_no_user() -> None:
    system = [code for code in codes_of("system.notification") if not code.startswith("limit_")]
    assert len(system) == 18
    assert [code for code in system if "user_id" in _data(code)] == []


def test_multi_factor_logs_have_details() -> None:
    multi_factor = [code for code in CODES if code.startswith("gd_")]
    assert len(multi_factor) == 27
    assert [code for code in multi_factor if not _data(code)["details"]] == []


def test_wrong_arguments_are_refused_before_the_first_log() -> None:
    with pytest.raises(UnknownLogType, match="fapi"):
        generate_logs(codes=["fp", "fapi"], count=1, seed=1, now=NOW)
    with pytest.raises(UnknownLogType, match="fapi"):
        generate_log("fapi", seed=1, index=0, now=NOW)
    with pytest.raises(ValueError, match="no time zone"):
        generate_logs(codes=["fp"], count=1, seed=1, now=NOW.replace(tzinfo=None))
    with pytest.raises(ValueError, match="cannot make 1 logs of 0"):
        generate_logs(codes=[], count=1, seed=1, now=NOW)
    with pytest.raises(ValueError, match="cannot make -1 logs"):
        generate_logs(codes=["fp"], count=-1, seed=1, now=NOW)
    nothing: list[Auth0Log] = list(generate_logs(codes=[], count=0, seed=1, now=NOW))
    assert nothing == []


def test_the_package_imports_the_standard_library_and_itself_alone() -> None:
    sources = list(Path(families.__file__).parent.glob("*.py"))
    assert len(sources) >= 8
    imported = {
        name
        for source in sources
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([alias.name for alias in node.names] if isinstance(node, ast.Import) else [str(node.module)])
    }
    assert [name for name in imported if name.split(".")[0] not in {*sys.stdlib_module_names, "lambda_src"}] == []
