"""A timestamp authority on this machine: OpenSSL answers, behind a small server that counts what it was asked."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

NAME = "Horodatage d’essai"
SETTINGS = """
[req]
distinguished_name = name
prompt = no
utf8 = yes
x509_extensions = use
[name]
CN = {name}
[use]
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_cert = {folder}/certificate.pem
signer_key = {folder}/key.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""


@dataclass
class Authority:
    """It answers at `url`. `answer`: what it says instead of a token, when it is told to; `asked`: every question."""

    url: str
    folder: Path
    answer: bytes | None = None
    asked: list[bytes] = field(default_factory=list)

    def say(self, question: bytes) -> bytes:
        """Give the answer to a question."""
        self.asked.append(question)
        if self.answer is not None:
            return self.answer
        (self.folder / "question").write_bytes(question)
        self.run("ts", "-reply", "-queryfile", "question", "-config", "settings", "-out", "answer")
        return (self.folder / "answer").read_bytes()

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run OpenSSL in the folder."""
        return subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True, text=True)


@contextmanager
def an_authority(folder: Path) -> Iterator[Authority]:
    """Let an authority answer for a while."""
    (folder / "settings").write_text(SETTINGS.format(name=NAME, folder=folder), encoding="utf-8")
    (folder / "serial").write_text("01\n")
    found = Authority("", folder)
    new = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3650", "-config", "settings")
    found.run(*new, "-keyout", "root-key.pem", "-out", "root.pem", "-subj", "/CN=Racine d’essai", "-extensions", "root")
    found.run(*new, "-keyout", "key.pem", "-out", "certificate.pem", "-CA", "root.pem", "-CAkey", "root-key.pem")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = found.say(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_given: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    found.url = f"http://127.0.0.1:{server.server_address[1]}/tsr"
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
