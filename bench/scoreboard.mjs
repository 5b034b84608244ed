#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
/**
 * `npm run scoreboard -- [options]`: how good spillcheck is, on code that we did not write; writes `docs/scoreboard.md`, and what it misses into
 * `docs/known-limits.md`.
 *
 *   --suites DIR       checkouts of other tools' rules, `owner__name`, whose own tests are run (see scoreboard/suites.mjs)
 *   --trees DIR        real repositories, `owner__name`, that all tools are run over
 *   --labels DIR       `labels.jsonl` of them (see scoreboard/labels.mjs)
 *   --peers a,b        only these peers; those that are not on the PATH are left out by name
 *   --results DIR      where what peers found and cost is kept: what lies there is not measured again
 *   --limit SECONDS    of the processor, after which a peer is cut off on a tree (170)
 *   --suite-limit SECONDS  and on all cases of a suite (900)
 *   --most-lines N     leave out larger trees
 *   --spillcheck FILE  another `bin/spillcheck.js`: one that nobody builds again meanwhile
 *   --dry              print the page, write nothing
 *
 * Nothing of what is read is part of this repository, and nothing of it is run.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { contractOf, explainSuite } from './scoreboard/explain.mjs';
import { addScores, readLabels, scoreTree } from './scoreboard/labels.mjs';
import { scoreboardPage } from './scoreboard/page.mjs';
import { findCommand, PEERS } from './scoreboard/peers.mjs';
import { runPeer } from './scoreboard/run-peer.mjs';
import { runSuite } from './scoreboard/run-suite.mjs';
import { comparePeer, runTrees } from './scoreboard/run-trees.mjs';
import { spillcheckTool } from './scoreboard/spillcheck.mjs';
import { findSuites } from './scoreboard/suites.mjs';
import { writeLimits } from './scoreboard/write-limits.mjs';

const ROOT = resolve(import.meta.dirname, '..');
/** Seconds for spillcheck itself. */
const PATIENCE = 3_600;
const { values } = parseArgs({
  options: {
    suites: { type: 'string' },
    trees: { type: 'string' },
    labels: { type: 'string' },
    peers: { type: 'string' },
    results: { type: 'string' },
    limit: { type: 'string', default: '170' },
    'suite-limit': { type: 'string', default: '900' },
    'most-lines': { type: 'string', default: 'Infinity' },
    spillcheck: { type: 'string', default: join(ROOT, 'bin/spillcheck.js') },
    dry: { type: 'boolean', default: false },
  },
});
const scratch = mkdtempSync(join(realpathSync(tmpdir()), 'scoreboard-'));

try {
  if (!values.suites && !values.trees) throw new Error('usage: npm run scoreboard -- --trees DIR [--suites DIR] …');
  const suites = values.suites ? findSuites(resolve(values.suites)).map(measureSuite) : [];
  const peers = choosePeers();
  const rows = values.trees ? measureTrees(peers) : [];
  const page = scoreboardPage({
    suites,
    rows,
    peers: {
      all: addScores(rows.map(({ labels, own }) => scoreTree(labels, own.findings))),
      compared: compare(rows, peers),
    },
    versions: new Map(peers.map((peer) => [peer.name, versionOf(peer)])),
    race: readKept(join(resolve(values.results ?? '.'), 'race.json')) ?? [],
    judged: readKept(join(ROOT, 'bench/scoreboard/judged.json')),
    worst: readKept(join(ROOT, 'bench/scoreboard/worst.json')),
  });
  if (values.dry) console.log(page);
  else {
    writeFileSync(join(ROOT, 'docs/scoreboard.md'), page);
    if (suites.length > 0) writeLimits(join(ROOT, 'docs/known-limits.md'), suites);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** What was measured or read by hand before; undefined where nothing was. */
function readKept(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

function measureSuite({ name, title, scope, cases, secrets }) {
  const run = (profile) => {
    const tool = spillcheckTool({ bin: resolve(values.spillcheck), profile, command: secrets ? 'secrets' : 'scan' });
    return runSuite({ cases, scope, scratch, scan: (folder) => scan(tool, folder).findings });
  };
  console.error(`suite ${name}: ${cases.length} cases`);
  const [recommended, strict] = [run('recommended'), run('strict')];
  const peers = secrets ? measureSearches(name, cases, scope) : [];
  const contract = secrets ? contractOf(name, cases, recommended) : [];
  const told = explainSuite(name, cases, strict);
  return { name, title, cases: cases.length, recommended, strict, peers, contract, ...told };
}

/** The other tools that search for credentials, on the same cases. */
function measureSearches(name, cases, scope) {
  const results = values.results && join(resolve(values.results), name);
  return PEERS.filter(({ claims }) => claims.join() === 'key').flatMap((peer) => {
    const command = findCommand(peer.command);
    let measured;
    const run = (folder) => {
      measured = runPeer({ peer, command, folder, results, scratch, limit: Number(values['suite-limit']) });
      return measured?.findings ?? [];
    };
    const result = runSuite({ cases, scope, scratch, scan: run });
    return measured ? [{ name: peer.name, result: measured.ended ? result : undefined }] : [];
  });
}

function measureTrees(peers) {
  const labels = values.labels ? readLabels(resolve(values.labels)) : [];
  const own = spillcheckTool({ bin: resolve(values.spillcheck), profile: 'strict' });
  if (values.results) mkdirSync(resolve(values.results), { recursive: true });
  return runTrees({
    folder: resolve(values.trees),
    labels,
    peers,
    scan: (folder) => keepOwn(folder, scan(own, folder)),
    results: values.results && resolve(values.results),
    scratch,
    limit: Number(values.limit),
    most: Number(values['most-lines']),
    report: (tree) => console.error(`tree ${tree}`),
  });
}

/** For whoever wants to read what was found; it is measured anew each time. */
function keepOwn(folder, result) {
  if (values.results)
    writeFileSync(join(resolve(values.results), `${basename(folder)}.spillcheck.json`), JSON.stringify(result));
  return result;
}

function scan(tool, folder) {
  return runPeer({ peer: tool, command: process.execPath, folder, scratch, limit: PATIENCE });
}

function compare(rows, peers) {
  return peers
    .filter(({ name }) => rows.some((row) => row.peers.has(name)))
    .map(({ name, claims }) => ({ name, claims, ...comparePeer(rows, name) }));
}

/** Those that were asked for; one without its program takes part only with what was measured before. */
function choosePeers() {
  const wanted = values.peers?.split(',');
  return PEERS.filter(({ name, command }) => {
    if (wanted && !wanted.includes(name)) return false;
    if (!findCommand(command)) console.error(`${name} is not on the PATH: left out, but for results that were kept`);
    return true;
  });
}

/** What a peer says of its version. */
function versionOf({ command, version }) {
  const program = findCommand(command);
  if (!program) return undefined;
  const { stdout = '' } = spawnSync(program, version, { encoding: 'utf8', timeout: 60_000 });
  return /\d+\.\d+\.\d+/.exec(stdout)?.[0];
}
