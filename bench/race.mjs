#!/usr/bin/env node
/**
 * `node bench/race.mjs --trees DIR --results DIR [options]`: spillcheck and every peer that tracks taint, one after the other on each tree of
 * more than 20,000 lines, in seconds of the processor, which other work on the machine does not change much. Only who is faster is asked: a
 * peer is cut off at a multiple of what spillcheck took. Writes `race.json` among the results; the scoreboard prints it.
 *
 *   --trees DIR        real repositories
 *   --results DIR      where `race.json` goes; trees that are in it already are left out
 *   --times N          at how many times our time a peer is cut off (3)
 *   --least-lines N    (20000)
 *   --most-lines N     (Infinity)
 *   --spillcheck FILE  another `bin/spillcheck.js`
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findCommand, PEERS } from './scoreboard/peers.mjs';
import { measure } from './scoreboard/run-peer.mjs';
import { spillcheckTool } from './scoreboard/spillcheck.mjs';
import { listSources } from './sources.mjs';

const { values } = parseArgs({
  options: {
    trees: { type: 'string' },
    results: { type: 'string' },
    times: { type: 'string', default: '3' },
    'least-lines': { type: 'string', default: '20000' },
    'most-lines': { type: 'string', default: 'Infinity' },
    spillcheck: { type: 'string', default: resolve(import.meta.dirname, '../bin/spillcheck.js') },
  },
});
/** Seconds, for whatever is waited for. */
const PATIENCE = 3_600;
const scratch = mkdtempSync(join(realpathSync(tmpdir()), 'race-'));
const file = join(resolve(values.results), 'race.json');
const rows = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
const own = spillcheckTool({ bin: resolve(values.spillcheck), profile: 'strict' });

try {
  for (const { tree, path, lines } of longTrees()) {
    const mine = measure(own, process.execPath, path, scratch, PATIENCE);
    const row = { tree, lines, own: mine.processor, peers: {} };
    for (const peer of PEERS.filter(({ taint }) => taint)) {
      const command = peer.needs && !process.env[peer.needs] ? undefined : findCommand(peer.command);
      if (!command) continue;
      const limit = Math.ceil(mine.processor * Number(values.times));
      const { processor, ended } = measure(peer, command, path, scratch, PATIENCE, limit);
      // what a process of its own did not end by itself it may go on without
      // Of one that was ended by the clock nobody knows what it took.
      row.peers[peer.name] = { processor: processor || null, ended: ended && processor < limit };
    }
    rows.push(row);
    writeFileSync(file, JSON.stringify(rows));
    console.error(JSON.stringify(row));
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function longTrees() {
  return readdirSync(resolve(values.trees))
    .map((tree) => ({ tree, path: join(resolve(values.trees), tree) }))
    .filter(({ tree }) => !rows.some((row) => row.tree === tree))
    .map(({ tree, path }) => ({ tree, path, lines: listSources(path).lines }))
    .filter(({ lines }) => lines > Number(values['least-lines']) && lines <= Number(values['most-lines']))
    .sort((left, right) => left.lines - right.lines);
}
