"""How do the demo, the tests and the command line start and stop the local AWS?"""

import contextlib
import fcntl
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self, TextIO

HOST = "127.0.0.1"
CHECKOUT = Path(__file__).resolve().parents[1]
STATE = CHECKOUT / ".local-aws"
REGION = "us-east-1"
ACCOUNT = "000000000000"
# The CDK CLI remembers an access key's account in its home folder: a key that no other emulator uses.
ACCESS_KEY = "LOCALAWSOFAUTH0EVENTS"
INHERITED = ("HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "NO_PROXY", "no_proxy", "AUTH")  # AUTH=true: policies count
START_SECONDS = 30
PORTS = range(1, 65_536)


class LocalAwsError(Exception):
    """One line: what was wrong, and how to put it right."""


@dataclass(frozen=True, kw_only=True)
class LocalAws:
    """As a context manager, it is stopped at the end. `process`: its launcher, if this process started it."""

    port: int
    directory: Path = STATE
    process: subprocess.Popen[bytes] | None = None

    @property
    def endpoint_url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def log_path(self) -> Path:
        return self.directory / str(self.port) / "log"

    @property
    def pid(self) -> int | None:
        """Its launcher's, which leads the process group of everything that it runs; None when it does not run."""
        with contextlib.suppress(FileNotFoundError), self.log_path.with_name("pid").open() as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return int(file.read() or 0) or None
        return None

    def environment(self) -> dict[str, str]:
        """The whole environment of a process that sees this AWS and no other: the caller's, its AWS_… replaced."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        hosts = ",".join(filter(None, [kept.get("NO_PROXY") or kept.get("no_proxy"), HOST, "localhost"]))
        place = {"AWS_REGION": REGION, "AWS_DEFAULT_REGION": REGION, "CDK_DEFAULT_REGION": REGION}
        key = {"AWS_ACCESS_KEY_ID": ACCESS_KEY, "AWS_SECRET_ACCESS_KEY": "local", "CDK_DEFAULT_ACCOUNT": ACCOUNT}
        files = {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
        others = {"AWS_EC2_METADATA_DISABLED": "true", "NO_PROXY": hosts, "no_proxy": hosts}
        return kept | place | key | files | others | {"AWS_ENDPOINT_URL": self.endpoint_url}

    def stop(self) -> None:
        """Returns when it and everything that it runs have ended. There is nothing to save: all state is in memory."""
        if group := self.pid:
            with contextlib.suppress(ProcessLookupError):  # it has ended meanwhile
                os.killpg(group, signal.SIGKILL)
            while self.pid:  # killed, but not gone before the system has seen to it
                time.sleep(0.02)
        if self.process:
            self.process.communicate()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def port_of(text: str) -> int:
    """Raises LocalAwsError."""
    with contextlib.suppress(ValueError):  # no number at all
        if (port := int(text)) in PORTS:
            return port
    raise LocalAwsError(f"port {text!r}: a port is a whole number from {PORTS[0]} to {PORTS[-1]}")


def start(*, port: int | None = None, directory: Path | None = None, child: bool = True) -> LocalAws:
    """Returns when it answers. `port` None: a free one. `child`: ends when this process does. Raises LocalAwsError."""
    directory = (directory or STATE).resolve()
    with waiting_place(directory) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        sweep(directory)
        try:
            listener = socket.create_server((HOST, port or 0), backlog=1024)
        except OSError as error:
            raise LocalAwsError(
                f"port {port}: {os.strerror(error.errno or 0)}; stop what uses it, or choose another"
            ) from error
        with listener:
            started = launch(listener, directory, child=child)
    try:
        with contextlib.closing(http.client.HTTPConnection(HOST, started.port, timeout=START_SECONDS)) as connection:
            connection.request("GET", "/_ministack/health")
            connection.getresponse().read()
    except KeyboardInterrupt:
        started.stop()
        raise
    except OSError as error:
        started.stop()
        said = started.log_path.read_text().splitlines() or [f"it has not answered for {START_SECONDS} seconds"]
        raise LocalAwsError(f"the local AWS did not start: {said[-1]}") from error
    return started


def waiting_place(directory: Path) -> TextIO:
    """Whose lock keeps starts apart. Raises LocalAwsError."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        return (directory / "starting").open("w")
    except OSError as error:
        raise LocalAwsError(f"{error.filename}: {error.strerror}; the local AWS keeps its files there") from error


def launch(listener: socket.socket, directory: Path, *, child: bool) -> LocalAws:
    """The launcher holds the lock of its `pid` file, which it gets locked, until it is gone, however it went."""
    started = LocalAws(port=listener.getsockname()[1], directory=directory)
    started.log_path.with_name("tmp").mkdir(parents=True, exist_ok=True)
    with started.log_path.with_name("pid").open("w") as lock, started.log_path.open("w") as log:
        fcntl.flock(lock, fcntl.LOCK_EX)
        process = subprocess.Popen(
            [sys.executable, "-m", "local_aws.launcher", str(listener.fileno()), *["--child"] * child],
            cwd=CHECKOUT,
            env=launcher_environment(started),
            stdin=subprocess.PIPE if child else subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            pass_fds=(listener.fileno(), lock.fileno()),
            start_new_session=True,
        )
        print(process.pid, file=lock, flush=True)
    return replace(started, process=process)


def connect(port: int) -> LocalAws:
    """The one that `up` left running. Raises LocalAwsError."""
    found = LocalAws(port=port)
    if not found.pid:
        raise LocalAwsError(f"no local AWS runs on port {port}: start it with `make up PORT={port}`")
    return found


def known(directory: Path) -> Iterator[LocalAws]:
    """Those that run, and those that are gone."""
    for folder in directory.glob("[0-9]*"):
        yield LocalAws(port=int(folder.name), directory=directory)


def sweep(directory: Path) -> None:
    """Removes the folders of those that are gone."""
    for each in known(directory):
        if not each.pid:
            shutil.rmtree(each.log_path.parent, ignore_errors=True)


def launcher_environment(started: LocalAws) -> dict[str, str]:
    """What the user sets for other programs must not configure ministack or reach a function."""
    given = started.environment().items()  # whose access key is root's; an instance has no region in its environment
    ours = {name: value for name, value in given if name.startswith("AWS_") and "REGION" not in name}
    inherited = {name: value for name, value in given if name in INHERITED}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    place = {"PATH": path, "TMPDIR": str(started.log_path.with_name("tmp"))}
    server = {"GATEWAY_PORT": str(started.port), "BIND_HOST": HOST, "LOG_LEVEL": "WARNING"}
    # ministack would remove the machine's containers
    others = {"DOCKER_HOST": f"unix://{started.directory}/no-docker", "IOT_MTLS_ENABLED": "0"}
    functions = {"LAMBDA_ACCOUNT_CONCURRENCY": "6", "LAMBDA_ASYNC_RETRY_BASE_SECONDS": "0.05"}
    return ours | inherited | place | server | others | functions
