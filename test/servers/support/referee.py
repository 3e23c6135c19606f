"""Sends what the referee asks for with Python requests: cases as JSON on stdin, what became of each as JSON on stdout."""

import json
import socket
import sys

import requests
import urllib3.connection


class HeaderAuth(requests.auth.AuthBase):
    def __init__(self, name, value):
        self.name, self.value = name, value

    def __call__(self, request):
        request.headers[self.name] = self.value
        return request


def body_of(body):
    kind = body["kind"]
    if kind == "none":
        return {}
    if kind == "json":
        return {"json": json.loads(body["text"])}
    if kind == "raw":
        return {"data": body["text"]}
    if kind == "form":
        return {"data": [tuple(row) for row in body["rows"]]}
    if kind == "file":
        return {"data": open(body["path"], "rb")}
    data, files = [], []
    for part in body["parts"]:
        if part["kind"] == "plain":
            data.append((part["name"], part["value"]))
        elif part["kind"] == "text":
            files.append((part["name"], (None, part["value"], part["type"] or None, dict(part["headers"]))))
        else:
            content = open(part["path"], "rb")
            files.append((part["name"], (part["filename"], content, part["type"] or None, dict(part["headers"]))))
    # Without a file requests writes a form: plain texts are then what `files={'a': (None, 'b')}` makes of them.
    if not files:
        return {"files": [(name, (None, value)) for name, value in data]}
    return {"data": data, "files": files}


def headers_of(rows):
    """Of a name in several rows the last, whatever its case: a dict would keep one for each case."""
    headers = requests.structures.CaseInsensitiveDict()
    for name, value in rows:
        headers[name] = value
    return headers


def auth_of(auth):
    if auth is None:
        return None
    if auth["kind"] == "basic":
        return (auth["username"], auth["password"])
    if auth["kind"] == "digest":
        return requests.auth.HTTPDigestAuth(auth["username"], auth["password"])
    return HeaderAuth(auth["name"], auth["value"])


def send(case):
    with requests.Session() as session:
        session.trust_env = False
        for url, line in case.get("jar", []):
            fill_jar(session, url, line)
        session.request(
            case["method"],
            case["url"],
            params=[tuple(row) for row in case["params"]],
            headers=headers_of(case["headers"]),
            cookies=dict(case["cookies"]) or None,
            auth=auth_of(case["auth"]),
            allow_redirects=case["method"].upper() != "HEAD",
            timeout=10,
            **body_of(case["body"]),
        )


def fill_jar(session, url, line):
    """What a response of that URL with that Set-Cookie line does to the session's jar."""
    from http.client import HTTPMessage

    message = HTTPMessage()
    message["Set-Cookie"] = line

    class Answer:
        def info(self):
            return message

    prepared = requests.Request("GET", url).prepare()
    session.cookies.extract_cookies(Answer(), requests.cookies.MockRequest(prepared))


def main():
    port = int(sys.argv[1])
    connect = socket.create_connection
    urllib3.connection.connection.create_connection = lambda *_args, **_options: connect(("127.0.0.1", port))
    results = []
    for case in json.load(sys.stdin):
        with connect(("127.0.0.1", port)) as control:
            control.sendall(f"CASE {case['id']}\n".encode())
            control.recv(16)
        try:
            send(case)
            results.append(None)
        except Exception as error:  # what it was is part of the answer
            results.append(f"{type(error).__name__}: {error}")
    json.dump(results, sys.stdout)


main()
