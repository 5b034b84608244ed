import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { listSources } from '../sources.mjs';
import { addScores, scoreTree } from './labels.mjs';
import { findCommand } from './peers.mjs';
import { runPeer } from './run-peer.mjs';

/**
 * Runs spillcheck and the peers over the trees of a folder, in turn on each: `{ lines, own, peers }` a tree, in order of size, peers by
 * name with what they found and cost. A peer that was not run, for want of the program, is left out.
 */
export function runTrees({ folder, labels, peers, scan, results, scratch, limit, most, report }) {
  const trees = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const rows = trees.flatMap((tree) => {
    const path = join(folder, tree);
    const { lines } = listSources(path);
    if (lines > most) return [];
    report(tree);
    const own = scan(path);
    const measured = peers.flatMap((peer) => {
      const command = peer.needs && !process.env[peer.needs] ? undefined : findCommand(peer.command);
      const result = runPeer({ peer, command, folder: path, results, scratch, limit });
      return result ? [[peer.name, result]] : [];
    });
    return [{ labels: labels.filter((label) => label.tree === tree), lines, own, peers: new Map(measured) }];
  });
  return rows.sort((left, right) => left.lines - right.lines);
}

/** The scores of spillcheck and of one peer, on the trees that both got through. */
export function comparePeer(rows, name) {
  const both = rows.filter(({ peers }) => peers.get(name)?.ended);
  return {
    trees: both.length,
    cut: rows.filter(({ peers }) => peers.get(name)?.ended === false).length,
    own: addScores(both.map(({ labels, own }) => scoreTree(labels, own.findings))),
    peer: addScores(both.map(({ labels, peers }) => scoreTree(labels, peers.get(name).findings))),
  };
}
