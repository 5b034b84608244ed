import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ScanResult } from '../../src/core/finding.js';
import { scan } from '../../src/scan.js';

const ROOT = join(import.meta.dirname, '../..');
const RULES = [
  'agent-approval-disabled',
  'agent-unbounded-loop',
  'agent-wildcard-permission',
  'mcp-unauthenticated-server',
  'tool-code-execution',
  'tool-file-access',
  'tool-loose-schema',
  'tool-missing-approval',
  'tool-network-access',
  'tool-shell-access',
  'tool-sql-access',
];

interface Setting {
  readonly rule: string;
  readonly message: string;
}

interface Models {
  readonly package?: string | readonly string[];
  readonly tools?: readonly { readonly kind?: string; readonly framework: string }[];
  readonly settings?: readonly Setting[];
  readonly assigned?: readonly Setting[];
}

/** What the model files say of tools, agents and servers: the list of all that must be shown. */
const models = readdirSync(join(ROOT, 'rules/models'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => parse(readFileSync(join(ROOT, 'rules/models', file), 'utf8')) as Models);
const frameworks = models.flatMap(({ tools = [] }) =>
  tools.filter(({ kind = 'tool' }) => kind === 'tool').map(({ framework }) => framework),
);
const settings = models
  .flatMap(({ settings = [], assigned = [] }) => [...settings, ...assigned])
  .filter(({ rule }) => RULES.includes(rule))
  .map(({ rule, message }) => `${rule}: ${message}`);

/** The packages of a model file, as an import names them. */
function packagesOf({ package: names = [] }: Models): string[] {
  return [names].flat().map((name) => `'${name.replace(/\*$/, '')}`);
}

/** What the silent fixtures of a rule hold. */
function silentTexts(rule: string): string[] {
  return ['rules', 'settings'].flatMap((folder) => {
    const silent = join(ROOT, 'fixtures', folder, rule, 'silent');
    if (!existsSync(silent)) return [];
    return readdirSync(silent, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
  });
}

describe('what models tell of tools and agents', () => {
  let result: ScanResult;

  beforeAll(async () => {
    const folders = ['rules', 'settings'].flatMap((folder) =>
      readdirSync(join(ROOT, 'fixtures', folder)).flatMap((rule) =>
        RULES.includes(rule) ? [join(ROOT, 'fixtures', folder, rule)] : [],
      ),
    );
    result = await scan({ root: join(ROOT, 'fixtures'), paths: folders, exclude: [], profile: 'strict', jobs: 1 });
  }, 120_000);

  it.each(['fires', 'silent'])('every framework has a fixture that %s', (state) => {
    const shown = new Set(
      (result.tools ?? []).filter(({ location }) => location.file.includes(`/${state}/`)).map((tool) => tool.framework),
    );
    expect([...new Set(frameworks)].filter((framework) => !shown.has(framework)).sort()).toEqual([]);
  });

  it('every package with settings has a fixture with other values, in which none is reported', () => {
    const rules = (models: Models) =>
      [...(models.settings ?? []), ...(models.assigned ?? [])].filter(({ rule }) => RULES.includes(rule));
    const unproven = models.flatMap((file) =>
      [...new Set(rules(file).map(({ rule }) => rule))]
        .filter((rule) => !silentTexts(rule).some((text) => packagesOf(file).some((name) => text.includes(name))))
        .map((rule) => `${rule}: ${packagesOf(file)[0]}`),
    );
    expect(unproven.sort()).toEqual([]);
  });

  it('every setting has a fixture in which it is reported', () => {
    const shown = new Set(
      result.findings
        .filter(({ location }) => location.file.includes('/fires/'))
        .map(({ ruleId, message }) => `${ruleId}: ${message}`),
    );
    expect([...new Set(settings)].filter((setting) => !shown.has(setting)).sort()).toEqual([]);
  });
});
