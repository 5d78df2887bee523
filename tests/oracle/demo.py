"""A demo district served for a test, without simulated field work."""

import json
import os
import pathlib
import re
import subprocess
import tempfile
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ.get("WANGGE_BIN", str(ROOT / "target/debug/wangge"))


class Demo:
    """A running server over a new district; `stop` ends it and removes its data."""

    def __init__(self, households):
        self.data = tempfile.TemporaryDirectory(prefix="wangge-oracle-")
        self.server = subprocess.Popen(
            [BINARY, "demo", "--calm", "--households", str(households), "--bind", "127.0.0.1:0", "--data", self.data.name],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for line in self.server.stdout:
            found = re.search(r"listening on (http://[^\s/]+)", line)
            if found:
                self.base = found.group(1)
                return
        raise RuntimeError("the server did not say that it listens")

    def stop(self):
        self.server.kill()
        self.server.wait()
        self.server.stdout.close()
        self.data.cleanup()

    def get(self, path):
        with urllib.request.urlopen(self.base + path, timeout=60) as answer:
            return answer.read()

    def json(self, path):
        return json.loads(self.get(path))
