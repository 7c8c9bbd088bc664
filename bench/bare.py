"""The limit: what a bare Flask answers under the same server. Nothing can be faster with this stack."""

from flask import Flask

app = Flask(__name__)


@app.route("/")
def hello() -> str:
    return "hello"
