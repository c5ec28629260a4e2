/**
 * A program of our own that does what the original flags example does: it downloads all flags at once over one client,
 * and prints each code when its flag is saved. Its arguments are the base URL, an existing folder and the codes.
 */
export const originalFlags = `
import asyncio
import pathlib
import sys
import time

import httpx


async def get_flag(client, base_url, folder, code):
    url = f"{base_url}/{code}/{code}.gif".lower()
    response = await client.get(url, timeout=6.1, follow_redirects=True)
    pathlib.Path(folder, code + ".gif").write_bytes(response.content)
    print(code, end=" ", flush=True)


async def get_flags(base_url, folder, codes):
    async with httpx.AsyncClient() as client:
        await asyncio.gather(*(get_flag(client, base_url, folder, code) for code in codes))


began = time.perf_counter()
_, base_url, folder, *codes = sys.argv
asyncio.run(get_flags(base_url, folder, codes))
print(f"\\n{len(codes)} downloads in {time.perf_counter() - began:.2f}s")
`;

/** The Python for which Debian's python3-httpx is installed. */
export const debianPython = '/usr/bin/python3';
