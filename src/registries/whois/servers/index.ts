import type { WhoisServer } from '../server.js';
import { asianServers } from './asia.js';
import { coccaServers } from './cocca.js';
import { easternEuropeanServers } from './eastern-europe.js';
import { otherServers } from './others.js';
import { westernEuropeanServers } from './western-europe.js';

/** The day from which the hosts of the servers are: those of github.com/rfc1036/whois. */
export const whoisServersDay = '2026-02-16';

/**
 * The WHOIS servers of suffixes without RDAP, by suffix. The hosts are those of github.com/rfc1036/whois unless the row is for
 * a suffix of its own. Not here, although their servers are known:
 *
 * - `.hk` (HKIRC's terms of use allow no "electronic or automated processes"), `.edu` (EDUCAUSE's allow them to registrants
 *   only) and `.ro` (ROTLD's forbid "domain hunting").
 * - `.bo`, `.tk` and `.vu`, which say of a free name no more than that the question was wrong, and `.ga`.
 * - `.dm`, `.gi` and others whose replies are not known.
 */
export const whoisServers: Readonly<Record<string, WhoisServer>> = Object.fromEntries(
  [westernEuropeanServers, easternEuropeanServers, asianServers, otherServers, coccaServers]
    .flat()
    .flatMap((server) => server.suffixes.map((suffix) => [suffix, server])),
);
