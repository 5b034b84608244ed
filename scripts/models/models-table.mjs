import { COLUMNS } from './cells.mjs';

/**
 * `docs/models.md`: what is known of each package, by its majors. A cell holds where the package's fixture has a function of that name, which the
 * tests scan.
 *
 * @param {readonly { folder: string, name: string, majors: string, text: string }[]} fixtures
 */
export function modelsTable(fixtures) {
  const rows = [...fixtures].sort((a, b) => (a.folder < b.folder ? -1 : 1));
  const packages = new Set(rows.map(({ name }) => name));
  return [
    '# Packages that are understood',
    '',
    '<!-- written by scripts/write-models.mjs -->',
    '',
    `${packages.size} packages, each with what is known of it: what becomes a prompt or instructions, what comes back at once or as a stream, what the model`,
    'hands to tools, what goes into files and embeddings, and what is sent to telemetry. Each mark stands for a program in `fixtures/models`, which a test',
    'scans. Packages of one family share a model: what it says of one it says of all, so that a mark may stand for something that a package of the family',
    'does not have. Loggers, databases, web frameworks and cleaners are not in the table: [own-models.md](own-models.md) says where all models are.',
    '',
    `| Package | Majors | ${COLUMNS.map((column) => column).join(' | ')} |`,
    `|---|---|${COLUMNS.map(() => ':-:').join('|')}|`,
    ...rows.map(({ name, majors, text }) => {
      const known = new Set([...text.matchAll(/^export async function (\w+)\(/gm)].map(([, column]) => column));
      return `| \`${name}\` | ${majors} | ${COLUMNS.map((column) => (known.has(column) ? '●' : '')).join(' | ')} |`;
    }),
    '',
  ].join('\n');
}

/** The fixtures below a folder, read by functions that are handed in. */
export function readFixtures(folders, read) {
  return folders.map((folder) => {
    const { spillcheck, dependencies } = JSON.parse(read(`${folder}/package.json`));
    return {
      folder,
      name: Object.keys(dependencies)[0],
      majors: spillcheck.majors,
      text: read(`${folder}/sample.mjs`),
    };
  });
}
