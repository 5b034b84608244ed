import { readFileSync } from 'node:fs';

/** What package.json says of the program. */
export interface Package {
  readonly version: string;
  readonly homepage?: string;
}

export function readPackage(): Package {
  return JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as Package;
}

export function readVersion(): string {
  return readPackage().version;
}
