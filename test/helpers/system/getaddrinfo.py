"""Asks getaddrinfo for each short reserved word of this very Python, at .dev, all at the same time."""

import asyncio
import keyword
import socket


async def line_about(name):
    try:
        await asyncio.get_running_loop().getaddrinfo(name, None)
    except socket.gaierror:
        return "  " + name
    return "+ " + name


async def run():
    words = [word.lower() for word in keyword.kwlist if len(word) < 5]
    for line in await asyncio.gather(*[line_about(word + ".dev") for word in words]):
        print(line)


asyncio.run(run())
