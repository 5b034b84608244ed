import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lowered } from './lowered.js';

const SOURCE = new URL('../../src/', import.meta.url).pathname;

it('lowers every file of this program, completely', () => {
  const paths = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  expect(paths.length).toBeGreaterThan(100);
  for (const path of paths) {
    const text = readFileSync(join(SOURCE, path), 'utf8');
    const file = lowered(text, path);
    expect(file.functions[0]!.qualifiedName).toBe('<module>');
    let furthest = 0;
    for (let at = 0; at < file.code.length; at += file.code[at]! >> 8)
      furthest = Math.max(furthest, file.code[at + 2]!);
    expect(furthest).toBeLessThanOrEqual(text.length);
  }
});
