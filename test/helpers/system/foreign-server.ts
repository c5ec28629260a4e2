import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import { makeFolder } from './folder.js';
import { startDaemon } from './process.js';

/** A name server that is not the project's own, on a loopback address. */
export interface ForeignServer {
  /** The port for UDP and TCP. */
  readonly port: number;
  /** Ends it and waits until it has ended; does nothing the second time. */
  stop(): Promise<void>;
}

/** The place where a server runs and listens. */
export interface Location {
  /** The loopback address; `127.0.0.1` by default. */
  readonly host?: string;
  /** The port for UDP and TCP; a free one by default. */
  readonly port?: number;
  /** The words to put before the command, such as a namespace's `enter`. */
  readonly enter?: readonly string[];
}

/** The values that a configuration needs. */
export interface Configuration {
  readonly host: string;
  readonly port: number;
  /** Ports for transports other than UDP and TCP. */
  readonly morePorts: readonly number[];
  /** The folder for its files. */
  readonly folder: string;
}

/** A name server that can be started. */
export interface Program {
  /** The command, to which the path of the configuration is appended. */
  readonly command: readonly string[];
  /** Matches its output when it listens. */
  readonly ready: RegExp;
  /** The texts of the files in its folder, by name. */
  readonly files: Readonly<Record<string, string>>;
  /** How many ports it needs besides the first. */
  readonly morePorts?: number;
  configure(configuration: Configuration): string;
}

/** A running server and its additional ports. */
export interface Started extends ForeignServer {
  readonly morePorts: readonly number[];
}

/** Starts a server. If another program takes one of the ports first, tries again with other ports. */
export async function startServer(location: Location, program: Program, tries = 5): Promise<Started> {
  const { command, ready, files, configure } = program;
  const { host = '127.0.0.1', enter = [] } = location;
  const [first = 0, ...morePorts] = await freePorts(host, 1 + (program.morePorts ?? 0));
  const { port = first } = location;
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
    if (tries === 1 || !String(error).includes('in use')) throw error;
    return startServer(location, program, tries - 1);
  }
}

/** Finds different ports that are free for UDP at the moment. */
async function freePorts(host: string, count: number): Promise<number[]> {
  const sockets = Array.from({ length: count }, () => createSocket(isIPv6(host) ? 'udp6' : 'udp4'));
  for (const socket of sockets) await once(socket.bind(0, host), 'listening');
  const ports = sockets.map((socket) => socket.address().port);
  for (const socket of sockets) await once(socket.close(), 'close');
  return ports;
}
