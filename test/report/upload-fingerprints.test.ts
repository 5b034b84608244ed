import { createReadStream, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import type { Log } from 'sarif';
import { describe, expect, test } from 'vitest';
import { createTexts } from '../../src/cli/texts.js';
import { lineHashes } from '../../src/report/line-hashes.js';
import { sarif } from '../../src/report/sarif.js';
import { scan } from '../../src/scan.js';
import { makeFolder } from '../cli/harness.js';
import { CLEAN, createContext, SECRET_TO_LOG } from './sample.js';

const PROJECT = join(dirname(fileURLToPath(import.meta.url)), '../../fixtures/projects/support-desk');

/**
 * Line hashes by the algorithm that GitHub's upload action publishes (`src/fingerprints.ts` of github/codeql-action, version 4.36.2), told
 * again step by step: a window of 100 characters as a ring, the hash rolled over it in 64 bits, lines known by the place of their first
 * character in the ring. `line-hashes.test.ts` has the action's own vectors.
 */
async function hashAsUpload(file: string): Promise<Map<number, string>> {
  const BLOCK = 100;
  const factor = 37n;
  const firstFactor = BigInt.asIntN(64, factor ** BigInt(BLOCK));
  const ring = new Array<number>(BLOCK).fill(0);
  const lines = new Array<number>(BLOCK).fill(-1);
  const counts = new Map<string, number>();
  const hashes = new Map<number, string>();
  let [hash, index, line, atStart, afterReturn] = [0n, 0, 0, true, false];
  const output = () => {
    const value = BigInt.asUintN(64, hash).toString(16);
    counts.set(value, (counts.get(value) ?? 0) + 1);
    hashes.set(lines[index]!, `${value}:${counts.get(value)}`);
    lines[index] = -1;
  };
  const update = (code: number) => {
    const leaving = BigInt(ring[index]!);
    ring[index] = code;
    hash = BigInt.asIntN(64, factor * hash + BigInt(code) - firstFactor * leaving);
    index = (index + 1) % BLOCK;
  };
  const process = (character: number) => {
    let code = character;
    if (code === 32 || code === 9 || (afterReturn && code === 10)) {
      afterReturn = false;
      return;
    }
    afterReturn = code === 13;
    if (afterReturn) code = 10;
    if (lines[index] !== -1) output();
    if (atStart) {
      atStart = false;
      lines[index] = ++line;
    }
    if (code === 10) atStart = true;
    update(code);
  };
  for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: 64 })) {
    for (let i = 0; i < (chunk as string).length; i++) process((chunk as string).charCodeAt(i));
  }
  process(65_535);
  for (let i = 0; i < BLOCK; i++) {
    if (lines[index] !== -1) output();
    update(0);
  }
  return hashes;
}

describe('fingerprints as the upload action computes them', () => {
  test('of any text', async () => {
    const file = join(makeFolder(), 'text');
    const piece = fc.oneof(
      fc.constantFrom('\n', '\r', '\r\n', ' ', '\t', 'ab', '}', '\u2028', '\ufeff', '😀'),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 120 }), async (pieces) => {
        const text = pieces.join('').replace(/\p{Surrogate}/gu, '\ufffd');
        writeFileSync(file, text);
        expect(lineHashes(text)).toEqual([...(await hashAsUpload(file)).values()]);
      }),
      { numRuns: 150 },
    );
  });

  test('of every result of a real scan: the action finds nothing to add and nothing to warn of', async () => {
    const result = await scan({ root: PROJECT, paths: [], exclude: [], profile: 'strict', jobs: 1 });
    const { results } = (JSON.parse(sarif(result, createContext({ texts: createTexts(PROJECT) }))) as Log).runs[0]!;
    expect(results!.length).toBeGreaterThan(20);
    for (const { locations, partialFingerprints } of results!) {
      const { artifactLocation, region } = locations![0]!.physicalLocation!;
      // `resolveUriToFile`: decoded, and taken relative to the root of the checkout
      const hashes = await hashAsUpload(join(PROJECT, decodeURIComponent(artifactLocation!.uri!)));
      expect(partialFingerprints!.primaryLocationLineHash).toBe(hashes.get(region!.startLine!));
    }
  });

  test('of a file with a byte order mark, odd line ends and a name that must be encoded', async () => {
    const name = 'a b/ü#1%.ts';
    const text = '\ufefffirst()\r\n\tsecond(\u2028third())\rfourth()\n';
    const root = makeFolder({ [name]: text });
    for (const call of ['first()', 'second(', 'third()', 'fourth()']) {
      const start = text.indexOf(call) - 1;
      const finding = { ...SECRET_TO_LOG, location: { file: name, start, end: start + 1 } };
      const log = JSON.parse(
        sarif({ ...CLEAN, findings: [finding] }, createContext({ texts: createTexts(root) })),
      ) as Log;
      const [{ locations, partialFingerprints }] = log.runs[0]!.results! as [NonNullable<Log['runs'][0]['results']>[0]];
      const { artifactLocation, region } = locations![0]!.physicalLocation!;
      const path = join(root, decodeURIComponent(artifactLocation!.uri!));
      expect(readFileSync(path, 'utf8')).toBe(text);
      expect(partialFingerprints!.primaryLocationLineHash).toBe((await hashAsUpload(path)).get(region!.startLine!));
    }
  });
});
