"""How much memory has a process had at its most?"""

from pathlib import Path


def peak_memory(pid: int) -> int:
    """Bytes; 0 where there is no /proc. Not what wait4 and getrusage say: a parent's own memory is in that."""
    try:
        status = Path("/proc", str(pid), "status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM:")), 0)
