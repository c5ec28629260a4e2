"""Looks up the short reserved words of the running Python at .dev, all at once, by way of getaddrinfo."""

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
