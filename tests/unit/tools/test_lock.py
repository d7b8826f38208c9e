import re

import pytest

from tools.lock import SETUP_LOCKS, missing
from tools.set_up import INPUTS, NODE_WHEEL, PACKAGES, ROOT, UV

LOCKS = (PACKAGES, *SETUP_LOCKS)
REQUIREMENTS = (ROOT / "requirements.txt").read_text() + (ROOT / "requirements-dev.txt").read_text()


def blocks(lock: str) -> list[str]:
    """One for each locked distribution, with its hashes."""
    return re.split(r"\n(?=\S)", re.sub(r"^#.*\n", "", lock, flags=re.MULTILINE).strip())


def test_set_up_installs_from_the_locks() -> None:
    assert set(LOCKS) == {PACKAGES, UV, NODE_WHEEL}
    assert set(LOCKS) < set(INPUTS)


def test_every_requirement_is_locked_at_its_version() -> None:
    assert missing(REQUIREMENTS, (ROOT / PACKAGES).read_text()) == [], "run `make lock`"
    for lock, pin in SETUP_LOCKS.items():
        assert missing(pin, (ROOT / lock).read_text()) == [], "run `make lock`"


def test_a_requirement_that_is_not_locked_is_found() -> None:
    assert missing("# why\none==1.0\nTwo[extra]==2.0\n", "two==2.0 \\\n    --hash=sha256:0\n") == ["one==1.0"]
    assert missing("two==2.1\n", "two==2.0 \\\n    --hash=sha256:0\n") == ["two==2.1"]
    assert missing("two==2.0\n", "two==2.0.1 \\\n    --hash=sha256:0\n") == ["two==2.0"]


def test_a_requirement_without_an_exact_version_is_found() -> None:
    assert missing("two>=2\n", "two==2.0 \\\n    --hash=sha256:0\n") == ["two>=2"]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_distribution_has_hashes_and_names_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert blocks(text)
    for block in blocks(text):
        assert re.match(r"[a-z0-9._-]+==\S+", block), block
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), block
    assert "://" not in text
    assert "--index" not in text


def test_the_cdk_cli_is_locked_with_its_hash() -> None:
    assert '"integrity": "sha512-' in (ROOT / "package-lock.json").read_text()
    assert "resolved" not in (ROOT / "package-lock.json").read_text(), "a lock file names no registry"
