import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestFiles, type RulesFile, readCompiled, writeCompiled } from './compiled-file.js';
import type { RuleData } from './rules.js';

/** What the build writes to `dist/rules.json`. */
interface Compiled {
  readonly rules: readonly RuleData[];
}

/** Raised when the form of the compiled file changes. */
const FORMAT = '1';

/**
 * The rules of the contract alone. They come from `compiledFile` when that fits `<rulesFolder>/rules.yaml`, and then neither YAML nor its
 * parser is loaded. Rejects with `RequestError` and file, line and column for what is wrong with the file.
 */
export async function loadRules(
  rulesFolder: string,
  compiledFile: string = join(rulesFolder, '..', 'dist', 'rules.json'),
): Promise<readonly RuleData[]> {
  const file = readRulesFile(rulesFolder);
  return readCompiled<Compiled>(compiledFile, digestFiles(FORMAT, [file]))?.rules ?? parse(file);
}

/** The text that the build writes to `dist/rules.json`. */
export async function compileRules(rulesFolder: string): Promise<string> {
  const file = readRulesFile(rulesFolder);
  const data: Compiled = { rules: await parse(file) };
  return writeCompiled(digestFiles(FORMAT, [file]), data);
}

async function parse([name, text]: RulesFile): Promise<readonly RuleData[]> {
  return (await import('./rules.js')).parseRules(name, text);
}

function readRulesFile(rulesFolder: string): RulesFile {
  return ['rules.yaml', readFileSync(join(rulesFolder, 'rules.yaml'), 'utf8')];
}
