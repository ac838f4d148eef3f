"""A process to supervise: answers /health, and misbehaves on request. Run as `python standin.py PORT [how]`.

how: stubborn (ignores SIGTERM) · crash (prints and exits 1) · misconfigured (exits 2) · mute (never answers)
     · freeze (answers once, then never again) · chatty (fills its log)
"""

import http.server
import signal
import sys
import time

port, how = int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""
if how in {"crash", "misconfigured"}:
    print("warming up")
    print("the cupboard is bare")
    sys.exit(2 if how == "misconfigured" else 1)
if how == "stubborn":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
else:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
if how == "mute":
    signal.pause()
if how == "chatty":
    print("x" * 200_000, flush=True)


class Health(http.server.BaseHTTPRequestHandler):
    """Answer every request with 200."""

    asked = 0

    def do_GET(self) -> None:
        """Answer, or freeze."""
        Health.asked += 1
        while how == "freeze" and Health.asked > 1:
            time.sleep(60)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


http.server.HTTPServer(("127.0.0.1", port), Health).serve_forever()
