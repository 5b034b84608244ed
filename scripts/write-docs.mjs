/** Writes the generated parts of the documentation. Needs a build: `npm run build && node scripts/write-docs.mjs`. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadDocumentedRules } from '../dist/cli/load-rules.js';
import { firstScan } from './first-scan.mjs';
import { knownLimits } from './known-limits.mjs';
import { rulesIndex } from './rules-index.mjs';
import { terminalPicture } from './terminal-picture.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const hasPage = (id) => existsSync(join(root, 'rules/docs', `${id}.md`));
writeFileSync(join(root, 'docs/rules.md'), rulesIndex(await loadDocumentedRules(), hasPage));

const limits = join(root, 'docs/known-limits.md');
const marks = /(<!-- known limits:.*?-->\n)[\s\S]*?(<!-- end of known limits -->)/;
writeFileSync(
  limits,
  readFileSync(limits, 'utf8').replace(
    marks,
    (_, start, end) => `${start}\n${knownLimits(join(root, 'fixtures/flows'))}\n\n${end}`,
  ),
);

mkdirSync(join(root, 'docs/images'), { recursive: true });
const title =
  'A scan in a terminal: one finding with its code, the way of the data, how sure it is, what to do, and the summary.';
writeFileSync(join(root, 'docs/images/first-scan.svg'), terminalPicture(firstScan(root).lines, title));
