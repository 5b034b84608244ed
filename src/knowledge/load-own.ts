import { readFileSync } from 'node:fs';
import { RequestError } from '../core/errors.js';
import type { OwnFile, ScanSettings } from '../core/settings.js';
import { Knowledge } from './knowledge.js';
import { type LexiconEntry, parseLexicon } from './lexicon.js';
import { loadKnowledge } from './load.js';
import { type ModelFile, openModelFile, parseModelFile } from './model-file.js';
import { parsePattern } from './name-pattern.js';

type OwnSettings = Pick<ScanSettings, 'models' | 'lexicons' | 'dataClasses' | 'redactors'>;

/**
 * The shipped knowledge with that of a repository: its model files add to what is said of the same packages, its names come before ours.
 *
 * @throws RequestError with file, line and column for what is wrong with a file
 */
export function loadOwnKnowledge(rulesFolder: string, settings: OwnSettings): Knowledge {
  const shipped = loadKnowledge(rulesFolder);
  const models = [
    ...settings.models.map((file) => parseModelFile(file.name, read(file))),
    ...trustedPackages(settings),
  ];
  const lexicon = [...ownClasses(settings), ...parseLexicon(settings.lexicons.map((file) => [file.name, read(file)]))];
  if (models.length + lexicon.length === 0) return shipped;
  const { data } = shipped;
  return new Knowledge({ ...data, models: [...data.models, ...models], lexicon: [...lexicon, ...data.lexicon] });
}

function ownClasses({ dataClasses }: OwnSettings): LexiconEntry[] {
  return dataClasses.flatMap(({ kind, confidence, names }) =>
    names.map((name) => ({ kind, confidence, pattern: parsePattern(name, {}) })),
  );
}

/** Trusted functions of packages, as the models that they are; those of the repository's own files are the engine's business. */
function trustedPackages({ redactors }: OwnSettings): ModelFile[] {
  return redactors.flatMap(({ name, from, clears, place }) => {
    if (!('package' in from)) return [];
    const [holder, method] = name.split('.');
    const types = method === undefined ? {} : { types: { [holder!]: [`new ${holder}`] } };
    const flows = { [name]: [{ flow: '(0..) ~> result', clears: [...clears] }] };
    return [openModelFile(place.file, { package: from.package, ...types, flows })];
  });
}

function read({ path, name }: OwnFile): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new RequestError(`cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`, {
      file: name,
    });
  }
}
