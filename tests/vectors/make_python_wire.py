"""Records what the Python client sends: writes python_wire.json.

Run it with the path of the package modelab 0.1.0 (the directory that holds
`modelab/`) in MODELAB_PYTHON_SEED:

    MODELAB_PYTHON_SEED=... python3 tests/vectors/make_python_wire.py
"""

import json
import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, os.environ["MODELAB_PYTHON_SEED"])
sys.path.insert(0, str(HERE.parent / "interop"))

import modelab  # noqa: E402
import python_users  # noqa: E402

FLAG = "support-reply"
USERS = 60


class Recorder(BaseHTTPRequestHandler):
    requests: list[dict] = []

    def do_POST(self) -> None:
        size = int(self.headers["Content-Length"])
        body = self.rfile.read(size).decode()
        self.requests.append({"path": self.path, "body": body})
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_) -> None:
        pass


def main() -> None:
    server = HTTPServer(("127.0.0.1", 0), Recorder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    variants = [
        modelab.Variant("control", 50, {"model": "gpt-4o-mini"}),
        modelab.Variant("treatment", 50, {"model": "gpt-4o", "süß": True}),
    ]
    modelab.init(
        f"http://127.0.0.1:{server.server_port}",
        [modelab.Flag(FLAG, variants, 80.0)],
    )
    counted = python_users.simulate(FLAG, USERS)["counted"]
    wire = {"flag": FLAG, "counted": counted, "requests": Recorder.requests}
    text = json.dumps(wire, indent=1, ensure_ascii=False)
    (HERE / "python_wire.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
