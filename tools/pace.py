#!/usr/bin/env python3
"""Asks `hotseat serve` on this machine at a steady rate, and prints how long the answers take.

    tools/pace.py [PORT [A_SECOND [REQUESTS]]]

Times are from the moment that a request was due, so that one that waits for a slow answer counts, too.
"""

import http.client
import sys
import time

QUERIES = [
    "closure", "deadlock+timeout", "gil+multiprocessing", "kubernetes+pod", "sql+index", "git+rebase",
    "rest+vs+grpc", "what+is+a+mutex", "hash+map", "cap+theorem", "docker+layers", "event+loop", "tcp+udp",
]


def ask(server, query):
    server.request("GET", f"/api/v1/search?q={query}")
    answer = server.getresponse()
    answer.read()
    if answer.status != 200:
        sys.exit(f"status {answer.status} for {query}")


def main():
    port, rate, requests = map(int, sys.argv[1:] + ["7878", "200", "3000"][len(sys.argv) - 1 :])
    server = http.client.HTTPConnection("127.0.0.1", port)
    for query in QUERIES:
        ask(server, query)
    began = time.monotonic()
    times = []
    for n in range(requests):
        due = began + n / rate
        time.sleep(max(0, due - time.monotonic()))
        ask(server, QUERIES[n % len(QUERIES)])
        times.append((time.monotonic() - due) * 1000)
    times.sort()
    median, most = times[requests // 2], times[requests * 99 // 100]
    print(f"{requests} requests, {rate} a second: median {median:.1f} ms, 99 % within {most:.1f} ms")


main()
