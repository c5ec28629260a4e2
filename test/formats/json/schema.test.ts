import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import schema from '../../../schema/result.schema.json' with { type: 'json' };
import { csv } from '../../../src/formats/csv.js';
import { probe } from '../../../src/index.js';
import { statuses } from '../../../src/probe/result.js';
import { blogdom, serve } from '../../helpers/command.js';
import { honest } from '../../helpers/honest.js';
import * as dns from '../../helpers/name-server.js';
import { confirmBy, serveRdap } from '../../helpers/rdap-server/registries.js';
import * as rdap from '../../helpers/rdap-server.js';
import { changed, common, moved, print, unknown } from '../results.js';

const validate = new Ajv2020({ allErrors: true }).compile(schema);

/** What is wrong with a value; empty if it is a result. */
function problemsOf(value: unknown): readonly string[] {
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const parsedLines = (text: string): { readonly status: string; readonly was?: string }[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));

let server: dns.NameServer;
beforeAll(async () => {
  const actions = new Map([
    ['live.dev', dns.answer('192.0.2.1')],
    ['bare.dev', dns.noData],
    ['refused.app', dns.refuse],
    ['xn--bcher-kva.dev', dns.answer('192.0.2.2')],
  ]);
  server = await serve(honest(({ name }) => actions.get(name) ?? dns.deny));
});

const ask = ['live', 'bare', 'held', 'free', 'refused.app', 'bücher', 'xyz.app'];

/** Looks up a name of each status. */
async function askForAll(...more: readonly string[]) {
  const registry = await serveRdap({
    'held.dev': rdap.found(['client hold']),
    'live.dev': rdap.found(),
    'xn--bcher-kva.dev': rdap.found(),
  });
  const { args, env } = await confirmBy({ dev: registry.url });
  const options = ['-s', server.address, '--tries', '2', ...args, ...more];
  return blogdom([...options, ...ask], { env });
}

async function makeTemporary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'blogdom-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

describe('the JSON Schema of a result', () => {
  it('knows every status, in the same order', () => {
    expect(schema.$defs.status.enum).toEqual(statuses);
  });

  it('holds for what the json format prints, for every status', async () => {
    const results = parsedLines((await askForAll('-o', 'json')).stdout);
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(statuses));
    expect(results.flatMap(problemsOf)).toEqual([]);
  });

  it('holds for the results that --resume keeps, and for changes', async () => {
    const path = join(await makeTemporary(), 'results');
    await askForAll('--resume', path);
    const kept = await readFile(path, 'utf8');
    expect(parsedLines(kept).length).toBe(ask.length);
    expect(parsedLines(kept).flatMap(problemsOf)).toEqual([]);
    await writeFile(path, kept.replaceAll('"status":"live"', '"status":"absent"'));
    const changes = parsedLines((await askForAll('--since', path, '-o', 'json')).stdout);
    expect(changes.map(({ was }) => was)).toEqual(['absent', 'absent']);
    expect(changes.flatMap(problemsOf)).toEqual([]);
  });

  it('holds for a change with a time', async () => {
    const lines = parsedLines(await print('json', [changed, moved, { ...moved, at: new Date() }]));
    expect(lines.flatMap(problemsOf)).toEqual([]);
  });

  it('holds for what was last known of a name', async () => {
    const lastRegistration = { state: 'registered', expires: '2026-12-24' };
    const lines = parsedLines(await print('json', [{ ...unknown, lastKnown: 'taken', lastRegistration }]));
    expect(lines.flatMap(problemsOf)).toEqual([]);
  });

  it('holds for a result of the library, also for something that is not a name', async () => {
    const servers = [server.address];
    const results = await Promise.all(['live.dev', 'a b', ''].map((name) => probe(name, { servers })));
    expect(results.flatMap(problemsOf)).toEqual([]);
  });

  it('has a property for each column of the csv format', async () => {
    const { header } = await csv({ color: false, compared: true, registrationsCompared: true, timed: true });
    expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(header.trim().split(',')));
  });

  it.each([
    ['an unknown status', { ...common, status: 'available' }],
    ['an unknown field', { ...common, status: 'absent', price: 1 }],
    ['a missing field', { ...common, status: 'absent', tries: undefined }],
    ['a live name without an address', { ...common, status: 'live' }],
    ['another name with an address', { ...common, status: 'absent', addresses: ['192.0.2.1'] }],
    ['an unknown name without a reason', { ...common, status: 'unknown' }],
    ['an unknown status as the last known one', { ...unknown, lastKnown: 'unknown' }],
    ['changes without one', { ...common, status: 'taken', changes: {} }],
    ['a time without a change', { ...common, status: 'absent', at: '2026-11-06T07:30:00.000Z' }],
  ])('does not hold for %s', (_what, value) => {
    expect(problemsOf(value)).not.toEqual([]);
  });
});
