/**
 * Schemas that are no code: files which say what the rows of a database, or the objects of an interface, hold. Each becomes a file of types
 * without code, so that the engine asks of a row what it asks of any declared type: its members, and what their names and tags say.
 *
 * Prisma schemas, SQL migrations, SQL statements in code, GraphQL documents and OpenAPI documents are read here. Tables and models that are written as
 * code (Drizzle, TypeORM, Sequelize, Mongoose, Zod) go through the front end, and the engine reads how they are built.
 */
import type { FileIR } from '../ir/file.js';
import { type Entity, entityFile } from './entity.js';
import { readGraphql } from './graphql.js';
import { readOpenApi } from './openapi.js';
import { readPrisma } from './prisma.js';
import { readSql } from './sql.js';

/** A text file of the scanned repository; `tree` parses it as JSON or YAML, undefined where it is neither. */
export interface SchemaText {
  readonly path: string;
  readonly text: string;
  readonly tree: () => unknown;
}

/** The schemas among text files, each as a file of types, in the order of the files. */
export function readSchemas(files: readonly SchemaText[]): FileIR[] {
  const result: FileIR[] = [];
  const migrations: SchemaText[] = [];
  const statements: SchemaText[] = [];
  const add = (file: SchemaText, entities: readonly Entity[]): void => {
    if (entities.length > 0) result.push(entityFile(file.path, file.text, entities));
  };
  for (const file of files) {
    if (/\.prisma$/.test(file.path)) add(file, readPrisma(file.text));
    else if (/\.(?:graphql|graphqls|gql)$/.test(file.path)) add(file, readGraphql(file.text));
    else if (/\.sql$/.test(file.path)) migrations.push(file);
    else if (isOpenApi(file)) add(file, readOpenApi(file.tree()));
    else if (hasStatement(file)) statements.push(file);
  }
  // What migrations say of a table counts before what the program does if there is none.
  for (const { file, entities } of readSql([...migrations, ...statements])) add(file, entities);
  return result;
}

/** Whether a file may be an OpenAPI document, by its name and first lines, before it is parsed. */
function isOpenApi({ path, text }: SchemaText): boolean {
  return /\.(?:json|ya?ml)$/.test(path) && /["']?(?:openapi|swagger)["']?\s*:\s*["']?[23]/.test(text.slice(0, 2000));
}

/** Whether a file of code makes tables by itself: ``pool.query(`CREATE TABLE IF NOT EXISTS users (…)`)``. */
function hasStatement({ path, text }: SchemaText): boolean {
  return /\.[cm]?[jt]sx?$/.test(path) && /["'`]\s*create\s+table\s/i.test(text);
}
