import { z } from 'zod';
import type { SchemaNode } from './describe-issue.js';
import { configurationSchema, type Vocabulary } from './schema.js';

/** The JSON schema of configurations, for editors: the text of `rules/schema/config.json`. */
export function configurationJsonSchema(vocabulary: Vocabulary): string {
  const schema = z.toJSONSchema(configurationSchema(vocabulary));
  const titled = { ...schema, title: 'Configuration of spillcheck' };
  return `${JSON.stringify(titled, null, 2)}\n`;
}

/** The same as data, to look up which keys may stand where. */
export function toSchemaNode(schema: z.ZodType): SchemaNode {
  return z.toJSONSchema(schema) as SchemaNode;
}
