import { z } from 'zod';
import { lexiconSchema } from './lexicon.js';
import { modelSchema } from './model-schema.js';
import { rulesSchema } from './rules.js';

/** The JSON schemas of the rules folder's files, by the name of the schema file, for editors. */
export function jsonSchemas(): Readonly<Record<string, string>> {
  const schemas = { 'model.json': modelSchema, 'lexicon.json': lexiconSchema, 'rules.json': rulesSchema };
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, `${JSON.stringify(z.toJSONSchema(schema), null, 2)}\n`]),
  );
}
