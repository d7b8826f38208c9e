"""Does docs/commands.md say what there is?"""

import re
from pathlib import Path

import click

from ops.__main__ import SUMMARIES, commands

CHECKOUT = Path(__file__).resolve().parents[3]
PAGE = (CHECKOUT / "docs" / "commands.md").read_text(encoding="utf-8")
ABOUT_ALL = {"Permissions"}


def test_every_command_has_a_section_and_a_line_of_the_table_and_its_permissions() -> None:
    assert set(re.findall(r"^## (\w+)$", PAGE, flags=re.MULTILINE)) - ABOUT_ALL == set(SUMMARIES)
    assert set(re.findall(r"^\| \[`(\w+)`\]\(#\1\) \|", PAGE, flags=re.MULTILINE)) == set(SUMMARIES)
    assert set(re.findall(r"^\| `(\w+)` \| `\w+:", PAGE, flags=re.MULTILINE)) == set(SUMMARIES)


def asked_of_everything(command: str) -> set[str]:
    """The actions that the command's rows of the table name for `*`."""
    found, current = set(), ""
    for name, actions, resources in re.findall(r"^\| (?:`(\w+)`)? ?\| (`\w+:.*) \| (.+) \|$", PAGE, flags=re.MULTILINE):
        current = name or current
        if current == command and resources.startswith("`*`"):
            found |= set(re.findall(r"`(\w+:\w+)`", actions))
    return found


def test_what_aws_answers_wholly_on_everything_alone_is_said_to_need_it() -> None:
    """A role that names alarms is told of no composite one, and one that names log groups is refused:

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
    https://github.com/hashicorp/terraform-provider-aws/issues/8804
    """
    assert asked_of_everything("status") == {
        *("cloudwatch:DescribeAlarms", "cloudwatch:GetMetricData", "events:ListEventSources", "logs:DescribeLogGroups")
    }


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_section_that_a_command_sends_people_to_is_there() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (CHECKOUT / "ops").rglob("*.py"))
    links = set(re.findall(r"(docs/[\w./-]+\.md)#([\w-]+)", sources))
    assert ("docs/commands.md", "permissions") in links
    assert [(page, anchor) for page, anchor in links if anchor not in anchors(CHECKOUT / page)] == []


def options() -> set[str]:
    found = [commands.get_command(click.Context(commands), name) for name in SUMMARIES]
    return {
        name
        for command in found
        if command
        for option in command.params
        for name in (*option.opts, *option.secondary_opts)
    }


def named(page: str) -> set[str]:
    shown = re.findall(r"`(--[a-z-]+)|python -m ops [^`\n]*?(--[a-z-]+)", page)
    return {name for names in shown for name in names if name} - {"--revert-drift"}  # the CDK CLI's


def test_every_option_that_the_page_names_is_one() -> None:
    assert len(named(PAGE)) > 20
    assert named(PAGE) <= options()


def test_an_option_that_is_none_would_be_found() -> None:
    assert not named(PAGE + "`--everything`") <= options()
