from pathlib import Path

import pytest

from local_aws.control import LocalAwsError, start


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    """As all are in a read-only checkout."""
    (tmp_path / "file").touch()
    with pytest.raises(LocalAwsError) as caught:
        start(directory=tmp_path / "file")
    assert str(caught.value) == f"{tmp_path}/file: File exists; the local AWS keeps its files there"
