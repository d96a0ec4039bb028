"""The bare broadcast that the product is compared with: Flask-SocketIO and nothing else.

Started as `gunicorn -k gevent -w 1 bench.bare:app`. `join` enters the one room; `say` sends
its payload to everybody in it.
"""

from typing import Any

from flask import Flask
from flask_socketio import SocketIO, join_room

app = Flask(__name__)
socketio = SocketIO(app, async_mode="gevent", cors_allowed_origins="*")


@app.get("/healthz")
def healthz() -> str:
    return "up"


@socketio.on("join")
def join(_data: Any) -> dict[str, bool]:
    join_room("everybody")
    return {"ok": True}


@socketio.on("say")
def say(data: Any) -> dict[str, bool]:
    socketio.emit("said", data, to="everybody")
    return {"ok": True}
