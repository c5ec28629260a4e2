/**
 * A Python program of our own that does what the original does: looks up all names at once with getaddrinfo, and
 * prints a line for each in completion order. The names come from a file; by default they are the original's.
 */
export const original = `
import asyncio
import keyword
import socket
import sys


async def line_about(name):
    try:
        await asyncio.get_running_loop().getaddrinfo(name, None)
    except socket.gaierror:
        return "  " + name
    return "+ " + name


async def run(names):
    for line in asyncio.as_completed([line_about(name) for name in names]):
        print(await line)


if len(sys.argv) > 1:
    with open(sys.argv[1]) as lines:
        names = lines.read().split()
else:
    names = [word.lower() + ".dev" for word in keyword.kwlist if len(word) < 5]
asyncio.run(run(names))
`;
