"""A page that takes uploads and answers with what it got, part by part."""
import hashlib
import sys

from flask import Flask, jsonify, request

app = Flask(__name__)


@app.get("/")
def page():
    return '<form method="post" action="/upload" enctype="multipart/form-data"><input type="file" name="file"><button>Send</button></form>'


@app.post("/upload")
def upload():
    files = []
    for name, part in request.files.items(multi=True):
        digest, size = hashlib.sha256(), 0
        while chunk := part.stream.read(1 << 16):
            digest.update(chunk)
            size += len(chunk)
        files.append({"name": name, "filename": part.filename, "type": part.content_type, "bytes": size, "sha256": digest.hexdigest()})
    return jsonify(files=files, form=[[key, value] for key, value in request.form.items(multi=True)], length=request.content_length)


@app.put("/raw")
def raw():
    digest, size = hashlib.sha256(), 0
    while chunk := request.stream.read(1 << 16):
        digest.update(chunk)
        size += len(chunk)
    return jsonify(bytes=size, sha256=digest.hexdigest(), type=request.content_type, length=request.content_length)


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(sys.argv[1]), threaded=True)
