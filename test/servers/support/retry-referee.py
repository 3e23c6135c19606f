"""Sends with Python requests over adapters that try again: cases as JSON on stdin, what became of each as JSON on stdout."""

import json
import socket
import sys
from types import SimpleNamespace

import requests
import urllib3.connection
import urllib3.util.retry
from urllib3.util.retry import RequestHistory, Retry

PORT, NOW = int(sys.argv[1]), float(sys.argv[2])
connect = socket.create_connection
slept = []


def control(line):
    """Say something to the server, and hear what it says."""
    with connect(("127.0.0.1", PORT)) as line_to_server:
        line_to_server.sendall(f"{line}\n".encode())
        return line_to_server.recv(16).decode()


def connection(*_args, **_options):
    """To the server, whatever the host; where its course has it, to a port that nothing listens on."""
    target = control("CONNECT")
    if target == "refused":
        with socket.socket() as nobody:
            nobody.bind(("127.0.0.1", 0))
            return connect(nobody.getsockname())
    return connect(("127.0.0.1", int(target)))


def schedule(policy, length):
    """The backoff before each retry, after as many answers of one status."""
    seen = (RequestHistory("GET", "/", None, 503, None),)
    return [Retry(**{**policy, "history": seen * n}).get_backoff_time() for n in range(1, length + 1)]


def send(case):
    with requests.Session() as session:
        session.trust_env = False
        for prefix in ("http://", "https://"):
            session.mount(prefix, requests.adapters.HTTPAdapter(max_retries=Retry(**case["policy"])))
        body = open(case["body"]["path"], "rb") if case["body"]["kind"] == "file" else case["body"].get("text")
        return session.request(
            case["method"], case["url"], data=body, allow_redirects=case["method"] != "HEAD", timeout=(5, case["readTimeout"])
        )


def main():
    urllib3.connection.connection.create_connection = connection
    urllib3.util.retry.time = SimpleNamespace(sleep=slept.append, time=lambda: NOW)
    urllib3.util.retry.random = SimpleNamespace(random=lambda: 0.5)
    results = []
    for case in json.load(sys.stdin):
        control(f"CASE {case['id']}")
        slept.clear()
        try:
            outcome = str(send(case).status_code)
        except Exception as error:  # what it was is the outcome
            outcome = type(error).__name__
        results.append({"outcome": outcome, "waits": list(slept), "schedule": schedule(case["policy"], case["retries"])})
    json.dump(results, sys.stdout)


main()
