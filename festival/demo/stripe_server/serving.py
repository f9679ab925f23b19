"""Puts the stand-in on a port of this machine."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from festival.demo.stripe_server.books import Books
from festival.demo.stripe_server.events import Deliveries
from festival.demo.stripe_server.web import App


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 128


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the name that it has there
        """Print nothing: the demonstration's terminal shows addresses and faults only."""


@dataclass(slots=True)
class StripeServer:
    """The running stand-in: where it is, what it remembers, how it sends events, and its application."""

    url: str
    books: Books
    deliveries: Deliveries
    app: App


@contextmanager
def serving(
    *, key: str, secret: str, events_url: str = "", host: str = "127.0.0.1", port: int = 0, file: Path | None = None
) -> Iterator[StripeServer]:
    """Serve within the block, on `port` or any free one.

    Args:
        key: The API key that callers must show.
        secret: Signs the events.
        events_url: Where events are sent; may be set later.
        host: The address that is listened on.
        port: 0 takes a free one.
        file: Where the books are kept; without it they go with the process.
    """
    deliveries = Deliveries(events_url, secret)
    books = Books("", deliveries.take, file)
    app = App(books, key)
    with make_server(host, port, app, _Server, _Quiet) as server:
        books.base = f"http://{host}:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield StripeServer(books.base, books, deliveries, app)
        finally:
            server.shutdown()
            thread.join()
