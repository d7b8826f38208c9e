"""How is docs/report.png made? `python -m tests.process.ops.report.picture` (`FOLDER`: dark, narrow, printed)"""

import hashlib
import struct
import sys
import tempfile
import zlib
from pathlib import Path

from ops.report.page import echarts, render
from tests.process.ops.report.chromium import browser
from tests.process.ops.report.tab import Tab
from tests.unit.ops.report.day import day

PICTURE = Path(__file__).parents[4] / "docs/report.png"
HEAD = 8 + 25  # bytes of a PNG before what may be added: its signature, and the chunk that comes first


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, browser(Path(folder) / "profile") as chromium:
        page = Path(folder) / "report.html"
        page.write_text(render(day()), "utf-8")
        if others := [Path(each) for each in sys.argv[1:]]:
            Tab(chromium, page, dark=True).picture(others[0] / "dark.png")
            Tab(chromium, page, width=390).picture(others[0] / "phone.png")
            Tab(chromium, page, width=760, media="print").picture(others[0] / "print.png")
        else:
            Tab(chromium, page).picture(PICTURE)
            png = PICTURE.read_bytes()
            PICTURE.write_bytes(png[:HEAD] + mark() + png[HEAD:])


def mark() -> bytes:
    """A chunk of text that says of which page the picture is: https://www.w3.org/TR/png-3/#11tEXt"""
    digest = hashlib.sha256(render(day()).replace(echarts(), "").encode()).hexdigest()
    chunk = b"tEXtPage\0" + digest.encode()
    return struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))


if __name__ == "__main__":
    main()
