"""What do AWS's services answer a function, and after how long?"""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

LATENCY = 0.005  # seconds that each call takes on the way; what AWS takes differs, and is no part of any ratio
PUBLISHED = b'<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>1</MessageId>\
</PublishResult></PublishResponse>'


class Services(BaseHTTPRequestHandler):
    """Each call succeeds; no table has any item yet."""

    protocol_version, disable_nagle_algorithm, wbufsize = "HTTP/1.1", True, -1

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        time.sleep(LATENCY)
        operation = self.headers.get("X-Amz-Target", "").rpartition(".")[2]
        content = json.dumps(answer_to(operation, json.loads(body))).encode() if operation else PUBLISHED
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Nothing: a line for each call would be in the figures."""


def answer_to(operation: str, request: dict[str, Any]) -> dict[str, Any]:
    match operation:
        case "BatchGetItem":
            return {"Responses": {table: [] for table in request["RequestItems"]}, "UnprocessedKeys": {}}
        case "BatchWriteItem":
            return {"UnprocessedItems": {}}
        case "PutEvents":
            return {"FailedEntryCount": 0, "Entries": [{"EventId": "1"} for _ in request["Entries"]]}
        case "DescribeEventBus":
            return {
                "Name": request["Name"],
                "Arn": f"arn:aws:events:us-east-1:000000000000:event-bus/{request['Name']}",
            }
    return {}


def serve() -> ThreadingHTTPServer:
    """At a free port of this machine, until its `shutdown`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Services)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
