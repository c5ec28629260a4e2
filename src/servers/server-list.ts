import { quoted } from '../util/printable.js';
import { explainServer } from './explain-server.js';
import { parseServerChoice, type ServerChoice, serverForms } from './server-choice.js';
import { isUseful } from './server-report.js';

/** The name servers of a list, and what is wrong with some of its lines. */
export interface ServerList {
  readonly servers: readonly ServerChoice[];
  /** One line each, with the number of the line. */
  readonly problems: readonly string[];
}

/**
 * Reads a list of name servers: one on each line, as `parseServerChoice` takes them, or as a JSON object of a server report. Blank
 * lines and comments, which begin with `#`, are skipped, and so are servers that a report calls useless.
 */
export function parseServerList(text: string): ServerList {
  const servers: ServerChoice[] = [];
  const problems: string[] = [];
  for (const [index, line] of text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const entry = line.replace(/(^|\s)#.*/, '').trim();
    if (entry === '') continue;
    const found = entry.startsWith('{') ? readReportLine(entry) : parseServerChoice(entry);
    if (found === undefined) problems.push(`line ${index + 1}: ${describeFault(entry)}`);
    else if (found !== 'useless') servers.push(found);
  }
  return { servers, problems };
}

/** The list of all forms of servers would be too long for each line. */
function describeFault(entry: string): string {
  const { expected, got } = explainServer(entry);
  const isVague = entry.startsWith('{') || expected === serverForms;
  return isVague ? `expected a name server, got ${quoted(entry)}` : `expected ${expected}, got ${got}`;
}

function readReportLine(line: string): ServerChoice | 'useless' | undefined {
  try {
    const { server, verdict }: Record<string, unknown> = JSON.parse(line);
    if (typeof verdict === 'string' && !isUseful(verdict)) return 'useless';
    return typeof server === 'string' ? parseServerChoice(server) : undefined;
  } catch {
    return undefined;
  }
}

/** Leaves out servers that come twice. */
export const distinctServers = (servers: readonly ServerChoice[]): readonly ServerChoice[] => [
  ...new Map(servers.map((server) => [`${server.scheme} ${server.url}`, server])).values(),
];
