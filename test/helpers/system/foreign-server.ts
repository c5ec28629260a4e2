import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import { makeFolder } from './folder.js';
import { startDaemon } from './process.js';

/** A name server of another make, on a loopback address. */
export interface ForeignServer {
  /** Where it listens for UDP and TCP. */
  readonly port: number;
  /** Ends it, and resolves when it has ended; does nothing the second time. */
  stop(): Promise<void>;
}

/** Where a server listens. */
export interface Place {
  /** The loopback address; `127.0.0.1` by default. */
  readonly host?: string;
  /** A free one by default. */
  readonly port?: number;
  /** What goes before the command, such as a namespace's `enter`. */
  readonly enter?: readonly string[];
}

/** What a configuration is written with. */
export interface Listening {
  readonly host: string;
  readonly port: number;
  /** Ports for what it serves beside UDP and TCP. */
  readonly morePorts: readonly number[];
  /** Where its files are, and may be made. */
  readonly folder: string;
}

/** A program that serves names. */
export interface Program {
  /** Goes before the path of the configuration. */
  readonly command: readonly string[];
  /** Matches what it has written when it listens. */
  readonly ready: RegExp;
  /** Files in its folder: name to text. */
  readonly files: Readonly<Record<string, string>>;
  /** Ports that it needs beside the first. */
  readonly morePorts?: number;
  configure(listening: Listening): string;
}

/** A program that runs, and the ports that it got. */
export interface Started extends ForeignServer {
  readonly morePorts: readonly number[];
}

/** Starts a program; again, at other ports, where one that was free is not any more. */
export async function startServer(place: Place, program: Program, tries = 5): Promise<Started> {
  const { command, ready, files, configure } = program;
  const { host = '127.0.0.1', enter = [] } = place;
  const [first = 0, ...morePorts] = await freePorts(host, 1 + (program.morePorts ?? 0));
  const { port = first } = place;
  const folder = await makeFolder(files);
  const config = join(folder.path, 'server.conf');
  await writeFile(config, configure({ host, port, morePorts, folder: folder.path }));
  try {
    const daemon = await startDaemon([...enter, ...command, config], ready);
    return {
      port,
      morePorts,
      async stop() {
        await daemon.stop();
        await folder.remove();
      },
    };
  } catch (error) {
    await folder.remove();
    // Between the look for a free port and its use someone else can take it.
    if (tries === 1 || !String(error).includes('in use')) throw error;
    return startServer(place, program, tries - 1);
  }
}

/** Ports that nobody has for UDP at the moment, all different. */
async function freePorts(host: string, count: number): Promise<number[]> {
  const sockets = Array.from({ length: count }, () => createSocket(isIPv6(host) ? 'udp6' : 'udp4'));
  for (const socket of sockets) await once(socket.bind(0, host), 'listening');
  const ports = sockets.map((socket) => socket.address().port);
  for (const socket of sockets) await once(socket.close(), 'close');
  return ports;
}
