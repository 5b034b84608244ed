import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { installationOf } from './peers.mjs';
import { matchesGlob } from './scope.mjs';

/** Other work on the machine may make a tool this many times slower by the clock than by the processor. */
const WAIT = 8;

/**
 * Runs a peer over a folder, unless a result of it lies in `results`: `{ findings, seconds, ended }`, `ended` being false where it was cut off
 * after `limit` seconds of the processor. What is measured is kept there, so that a slow tool runs once.
 */
export function runPeer({ peer, command, folder, results, scratch, limit }) {
  const kept = results && join(results, `${basename(folder)}.${peer.name}.json`);
  if (kept && existsSync(kept)) return withFamilies(peer, JSON.parse(readFileSync(kept, 'utf8')));
  if (!command) return undefined;
  const result = measure(peer, command, folder, scratch, limit * WAIT, limit);
  if (kept) {
    mkdirSync(results, { recursive: true });
    writeFileSync(kept, JSON.stringify(result));
  }
  return withFamilies(peer, result);
}

/**
 * As `runPeer` measures, keeping nothing; `processor` is in seconds. With `processorLimit`, a process that takes more of the processor is ended;
 * each of several that a peer starts has as much.
 */
export function measure(peer, command, folder, scratch, limit, processorLimit) {
  const report = join(scratch, `${peer.name}.report${peer.suffix ?? ''}`);
  const usage = join(scratch, 'usage');
  for (const file of [report, usage]) rmSync(file, { force: true });
  const timed = existsSync('/usr/bin/time') ? ['/usr/bin/time', '-f', '%U %S %M', '-o', usage] : [];
  // `timeout` ends what the peer has started, too; a timeout of ours would end only what stands first
  const cut = existsSync('/usr/bin/timeout') ? ['/usr/bin/timeout', '-s', 'KILL', String(limit)] : [];
  const capped = processorLimit ? ['sh', '-c', `ulimit -t ${processorLimit}; exec "$0" "$@"`] : [];
  const [program, ...args] = [...timed, ...cut, ...capped, command, ...peer.args({ folder, report })];
  const cwd = peer.inFolder ? folder : (peer.fromInstallation && installationOf(command)) || scratch;
  const started = performance.now();
  const options = {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 1 << 30,
    timeout: (limit + 30) * 1000,
    killSignal: 'SIGKILL',
  };
  const child = spawnSync(program, args, options);
  const seconds = (performance.now() - started) / 1000;
  const ended = child.error === undefined && child.signal === null && child.status < 128;
  if (peer.mustReport && !existsSync(report))
    throw new Error(`${peer.name} wrote no report on ${folder}: ${child.stderr}`);
  const findings = ended && existsSync(report) ? peer.read(readFileSync(report, 'utf8'), folder) : [];
  const [user, system, peak] = existsSync(usage)
    ? readFileSync(usage, 'utf8').trim().split('\n').at(-1).split(' ')
    : [];
  const processor = peak === undefined ? null : Number(user) + Number(system);
  return { seconds, processor, ended, peak: ended && peak ? Number(peak) / 1024 : null, findings };
}

function withFamilies(peer, result) {
  return { ...result, findings: result.findings.map((each) => ({ ...each, family: familyOf(peer, each.rule) })) };
}

/** The family of ours that a peer's rule belongs to; undefined where it has no counterpart. */
export function familyOf(peer, rule) {
  if (peer.familyOf) return peer.familyOf(rule);
  return peer.families.find((each) => matchesGlob(each.rule, rule))?.family;
}
