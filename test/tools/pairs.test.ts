import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scan } from '../../src/scan.js';
import { readExpectations } from '../fixtures/expectations.js';

const PROJECTS = join(import.meta.dirname, '../../fixtures/projects');

/** What a tool may be able to do, and the project that does it in a form that is reported; its twin does the same, and is silent. */
const PAIRS: readonly (readonly [capability: string, project: string, rule: string])[] = [
  ['runs processes', 'ops-server', 'tool-shell-access'],
  ['evaluates code', 'analyst-agent', 'tool-code-execution'],
  ['reads files', 'notes-server', 'tool-file-access'],
  ['writes files', 'notes-server', 'tool-file-access'],
  ['deletes files', 'notes-server', 'tool-file-access'],
  ['uses the network', 'research-agent', 'tool-network-access'],
  ['runs SQL', 'shop-data-server', 'tool-sql-access'],
  ['sends mail', 'office-agent', 'tool-missing-approval'],
  ['moves money', 'office-agent', 'tool-missing-approval'],
  ['deletes data', 'office-agent', 'tool-missing-approval'],
  ['deploys', 'office-agent', 'tool-missing-approval'],
  ['publishes', 'release-agent', 'tool-missing-approval'],
  ['sends messages', 'release-agent', 'tool-missing-approval'],
  ['drives a browser', 'browser-server', 'tool-network-access'],
];

describe.each(PAIRS)('%s in %s', (capability, project, rule) => {
  it('is seen, and reported before it was mended', async () => {
    const folder = join(PROJECTS, `${project}-vulnerable`);
    const { tools = [] } = await scan({ root: folder, paths: [], exclude: [], profile: 'strict', jobs: 1 });
    expect(tools.flatMap(({ capabilities }) => capabilities.map(({ kind }) => kind))).toContain(capability);
    expect(readExpectations(folder).map((each) => each.rule)).toContain(rule);
  });

  it('is silent in the twin, which has the same tools', () => {
    const mended = join(PROJECTS, `${project}-mended`);
    expect(existsSync(mended)).toBe(true);
    expect(readExpectations(mended)).toEqual([]);
  });
});

it('every vulnerable project has a mended twin, and every pair is named above', () => {
  const named = new Set(PAIRS.map(([, project]) => project));
  const found = readdirSync(PROJECTS).flatMap((name) => /^(.*)-(?:vulnerable|mended)$/.exec(name)?.[1] ?? []);
  expect([...new Set(found)].sort()).toEqual([...named].sort());
  expect(found.length).toBe(2 * named.size);
});
