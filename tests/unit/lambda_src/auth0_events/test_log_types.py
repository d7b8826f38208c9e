"""Is the catalogue Auth0's, and does a wrong name in it get a helpful answer?"""

import csv
from pathlib import Path
from typing import Any

import pytest

from lambda_src.auth0_events.log_types import (
    CATEGORIES,
    LOG_TYPES,
    UnknownCategory,
    UnknownLogType,
    codes_of,
    nearest_codes,
    require_known,
)


def _rows(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def test_codes_names_and_categories_are_those_of_auth0(reference: Path) -> None:
    rows = _rows(reference / "event_types.tsv")
    assert {row["code"]: row["category"].rstrip("?") for row in rows} == {
        code: log_type.category for code, log_type in LOG_TYPES.items()
    }
    named = {row["code"]: row["name"] for row in rows if row["name"]}
    assert named == {code: LOG_TYPES[code].name for code in named}


def test_the_codes_of_each_category_are_those_of_auth0(reference: Path) -> None:
    expected: dict[str, set[str]] = {}
    for row in _rows(reference / "filter_categories.tsv"):
        expected.setdefault(row["category"].rstrip("?"), set()).update(row["codes"].split())
    assert expected == {category: set(codes) for category, codes in CATEGORIES.items()}


def test_the_catalogue_is_complete_and_consistent() -> None:
    assert (len(LOG_TYPES), len(CATEGORIES)) == (179, 20)
    assert sorted(code for codes in CATEGORIES.values() for code in codes) == sorted(LOG_TYPES)
    assert all(code == log_type.code and log_type.name for code, log_type in LOG_TYPES.items())
    assert [category for category, codes in CATEGORIES.items() if not codes] == ["management.fail"]


def test_the_catalogue_cannot_be_changed() -> None:
    tables: tuple[Any, ...] = (LOG_TYPES, CATEGORIES)
    for table in tables:
        with pytest.raises(TypeError):
            table["new"] = "entry"


def test_known_codes_come_back_in_their_order() -> None:
    assert require_known(["sdu", "fp", "sdu"]) == ("sdu", "fp", "sdu")
    assert require_known(iter(())) == ()


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [("limit_wx", "limit_wc"), ("fapi", "sapi"), ("du", "sdu"), ("FP", "fp"), ("auth.logout.success", "slo")],
)
def test_an_unknown_code_is_named_with_the_nearest_known_ones(wrong: str, meant: str) -> None:
    assert meant in nearest_codes(wrong)
    with pytest.raises(UnknownLogType) as error:
        require_known(["fp", wrong])
    assert f"'{wrong}'" in str(error.value)
    assert meant in str(error.value).partition("nearest known: ")[2].split(", ")


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [("auth.login.failed", "auth.login.fail"), ("others", "other"), ("users.success", "user.success")],
)
def test_an_unknown_category_is_named_with_the_nearest_known_ones(wrong: str, meant: str) -> None:
    with pytest.raises(UnknownCategory) as error:
        codes_of(wrong)
    assert f"'{wrong}'" in str(error.value)
    assert meant in str(error.value).partition("nearest known: ")[2].split(", ")


def test_a_lone_string_is_no_list_of_codes() -> None:
    with pytest.raises(TypeError, match="'fs'"):
        require_known("fs")  # both its characters are known codes


def test_codes_of_a_category_are_listed() -> None:
    assert codes_of("auth.login.fail") == ("f", "fc", "fcoa", "fens", "fp", "fu")
    assert codes_of("management.fail") == ()
