from pathlib import Path

import pytest

from bench.functions.cpu_share import limit, limited, share_of
from bench.functions.memory import Cost
from bench.stream.shard import readers


def test_a_whole_cpu_is_had_at_1769_megabytes() -> None:
    assert share_of(1769) == 1
    assert share_of(512) == pytest.approx(0.2894, abs=0.0001)


def test_where_no_cgroup_can_be_made_nothing_is_put_before_a_command(tmp_path: Path) -> None:
    with limited(512, tmp_path / "absent") as before:
        assert before == []


def test_both_versions_of_cgroups_are_told_the_share(tmp_path: Path) -> None:
    limit(tmp_path, 5_000)
    assert (tmp_path / "cpu.cfs_quota_us").read_text() == "5000"
    (tmp_path / "cpu.max").touch()
    limit(tmp_path, 5_000)
    assert (tmp_path / "cpu.max").read_text() == "5000 20000"


def test_a_start_is_paid_with_the_first_event() -> None:
    cost = Cost(memory=512, init=1.0, first=0.5, warm=0.1)
    assert (cost.cold_gigabyte_seconds, cost.warm_gigabyte_seconds) == (0.75, 0.05)


def test_readers_are_whole() -> None:
    assert [readers(1_000, one) for one in (1_000, 999, 2_500)] == [1, 2, 1]
