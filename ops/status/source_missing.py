"""What is to be done about a partner event source that is not in this region?"""

from ops.commands import Commands
from ops.status.report import Finding
from ops.status.sources import Sources

PART = "source"
IN_AUTH0 = "Auth0 Dashboard > Monitoring > Streams"


def finding(name: str, what: str, do: str, *commands: str) -> Finding:
    return Finding(part=PART, name=name, what=what, do=do, commands=commands)


def in_another_region(sources: Sources, commands: Commands, region: str) -> Finding:
    there = sources.other_regions[0]
    return finding(
        sources.expected or "",
        f"the source is in {', '.join(sources.other_regions)}, not in {region}: its bus must be in its region",
        f"Deploy there. Or create a new stream for {region} in {IN_AUTH0}: a stream's region cannot be changed.",
        commands.bootstrap(there),
        commands.deploy(sources.expected, region=there),
    )


def absent(sources: Sources, commands: Commands, region: str) -> Finding:
    lost = (
        "It was deleted in Auth0, or expired while PENDING" if sources.deployed else "Its name or its account is wrong"
    )
    here = f" Here are: {', '.join(source.name for source in sources.here)}." if sources.here else ""
    everywhere = f" ({len(sources.unasked)} did not answer)" if sources.unasked else ""
    return finding(
        sources.expected or "",
        f"no source of this name is in {region} or another region{everywhere}",
        f"{lost}: compare with the event source name in {IN_AUTH0} > your stream, and its AWS account with yours. If "
        f"there is none: Create Stream > Amazon EventBridge, with the region {region}.{here}",
        commands.aws("sts", "get-caller-identity"),
    )
