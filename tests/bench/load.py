"""A load of POSTs over kept-open connections, from a process of its own, with a fresh contact each time."""

import socket
import sys
import threading
import time
from collections.abc import Iterator
from itertools import count

from tests.documents import a_document, as_body
from tests.serving import KEY

CONNECTIONS = 32
CHILDHOOD_YEARS = 17


def a_body(number: int) -> bytes:
    """A contact about people of its own. Its children are of any age: so many of one age are a crowd no borough has."""
    document = a_document(number)
    children = document["children"]
    assert isinstance(children, list)
    for child in children:
        born = str(child["date_of_birth"])
        child["date_of_birth"] = f"{2025 - number % CHILDHOOD_YEARS}{born[4:]}"
    return as_body(document)


def requests(first: int, port: int) -> Iterator[bytes]:
    """Whole HTTP requests, numbered from `first` upwards in steps of the connections."""
    for number in count(first, CONNECTIONS):
        body = a_body(number)
        head = (
            f"POST /api/v1/contacts HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {KEY}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        yield head.encode() + body


def _exchange(connection: socket.socket, request: bytes) -> int:
    connection.sendall(request)
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += connection.recv(65536)
    head, _, rest = answer.partition(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    while len(rest) < length:
        rest += connection.recv(65536)
    return int(head.split(b" ", 2)[1])


def run(port: int, first: int, seconds: float) -> tuple[float, int]:
    """Good answers a second over `seconds`, and how many were not 201. Requests are made beforehand."""
    prepared = [
        [next(made) for _ in range(400)] for made in (requests(first + place, port) for place in range(CONNECTIONS))
    ]
    good = [0] * CONNECTIONS
    bad = [0] * CONNECTIONS
    stop = threading.Event()

    def send(place: int) -> None:
        with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for request in prepared[place]:
                if stop.is_set():
                    return
                if _exchange(connection, request) == 201:
                    good[place] += 1
                else:
                    bad[place] += 1

    threads = [threading.Thread(target=send, args=(place,)) for place in range(CONNECTIONS)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    counted, took = sum(good), time.perf_counter() - start
    stop.set()
    for thread in threads:
        thread.join()
    return counted / took, sum(bad)


if __name__ == "__main__":
    rate, wrong = run(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
    sys.stdout.write(f"{rate} {wrong}\n")
