"""What is read of an instance's user data?"""

import pytest

from local_aws.processes import read

UNIT = """cat > /etc/systemd/system/worker.service <<'END'
[Service]
Environment=QUEUE_URL=https://sqs.example.com/a?b=c
Environment="WORDS=two words" OTHER=x
ExecStart=/usr/bin/python3 /opt/worker.py poll "two words"
END
"""
PROGRAM = "cat > /opt/worker.py <<'END_OF_FILE'\nprint('END')\nEND = \"$(touch it)\"\nEND_OF_FILE\n"
AGENT = """cat > /opt/agent.json <<'END'
{"logs": {"logs_collected": {"files": {"collect_list": [
  {"file_path": "/var/log/worker.log", "log_group_name": "group"}]}}}}
END
"""


def test_files_unit_and_agent_configuration_are_found_between_other_commands() -> None:
    user_data = f"#!/bin/bash\nset -e\n{PROGRAM}mkdir /x\n{UNIT}{AGENT}systemctl start it\n"
    files, command, environment, log_group = read(user_data)
    assert files["/opt/worker.py"] == "print('END')\nEND = \"$(touch it)\"\n"
    assert command == ["/usr/bin/python3", "/opt/worker.py", "poll", "two words"]
    assert environment == {
        "QUEUE_URL": "https://sqs.example.com/a?b=c",
        "WORDS": "two words",
        "OTHER": "x",
    }
    assert log_group == "group"


@pytest.mark.parametrize(
    "script",
    [
        "",
        PROGRAM,
        UNIT,
        UNIT + UNIT.replace("worker.service", "other.service") + AGENT,
        UNIT.replace("ExecStart", "ExecStop") + AGENT,
    ],
)
def test_user_data_that_starts_nothing_is_refused(script: str) -> None:
    with pytest.raises(ValueError, match="one ExecStart= and one log_group_name are needed"):
        read(script)
