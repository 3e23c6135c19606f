"""Runs generated scripts one after the other: as JSON on stdin, what became of each as JSON on stdout."""

import contextlib
import io
import json
import os
import socket
import sys

import urllib3.connection


def main():
    port = int(sys.argv[1])
    connect = socket.create_connection
    urllib3.connection.connection.create_connection = lambda *_args, **_options: connect(("127.0.0.1", port))
    results = []
    for script in json.load(sys.stdin):
        with connect(("127.0.0.1", port)) as control:
            control.sendall(f"CASE {script['id']}\n".encode())
            control.recv(16)
        os.environ.update(script["env"])
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(script["code"], f"script {script['id']}", "exec"), {"__name__": "__main__"})
            results.append(None)
        except Exception as error:  # what it was is part of the answer
            results.append(f"{type(error).__name__}: {error}")
        for name in script["env"]:
            del os.environ[name]
    json.dump(results, sys.stdout)


main()
