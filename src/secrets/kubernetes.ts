/** A value of a Kubernetes Secret. */
export interface ManifestValue {
  readonly name: string;
  /** As it is written: Base64 under `data`, plain under `stringData`. */
  readonly value: string;
  readonly start: number;
  readonly decoded: string;
}

/** Characters of a manifest, before and behind its kind, in which its data is looked for. */
const MANIFEST_LIMIT = 20_000;
const KIND = /\bkind["']?[ \t]{0,4}:[ \t]{0,4}["']?$/i;
const DATA = /^([ \t]{0,8})["']?(data|stringData)["']?[ \t]{0,4}:[ \t]{0,4}(?:\r?\n|\{)/gm;
const ENTRY =
  /^([ \t]{1,12})["']?([\w.-]{1,120})["']?[ \t]{0,4}:[ \t]{0,8}(?:[|>][-+]?[ \t]{0,4}\r?\n[ \t]{1,16})?["']?([^\s"',}]{1,16000})["']?[ \t,}]{0,8}$/gm;
const CERTIFICATE = /-----BEGIN (?:CERTIFICATE|PUBLIC KEY)/;

/** Whether the word at `start`–`end` is the kind of a manifest: `kind: Secret`. */
export function isManifestKind(text: string, start: number, end: number): boolean {
  return KIND.test(text.slice(Math.max(0, start - 14), start)) && !/[\w-]/.test(text[end] ?? '');
}

/** The data of the manifest whose kind stands before `at`. */
export function readManifestData(text: string, at: number): ManifestValue[] {
  const before = text.slice(Math.max(0, at - MANIFEST_LIMIT), at);
  const start = at - before.length + Math.max(0, before.lastIndexOf('\n---') + 1);
  const next = text.indexOf('\n---', at);
  const end = Math.min(next < 0 ? text.length : next, at + MANIFEST_LIMIT);
  const manifest = text.slice(start, end);
  return [...manifest.matchAll(DATA)].flatMap((data) => {
    const from = data.index + data[0].length;
    return readEntries(manifest.slice(from), data[1]!.length, data[2] === 'data').map((entry) => ({
      ...entry,
      start: start + from + entry.start,
    }));
  });
}

/** The lines that are indented deeper than `data` itself. */
function readEntries(text: string, indent: number, encoded: boolean): ManifestValue[] {
  const outside = new RegExp(`^[ \\t]{0,${indent}}[^\\s#]`, 'm').exec(text)?.index ?? text.length;
  return [...text.slice(0, outside).matchAll(ENTRY)].flatMap((entry) => {
    const [line, , name, value] = entry;
    const decoded = encoded ? decode(value!) : value!;
    if (decoded === undefined || CERTIFICATE.test(decoded)) return [];
    return [{ name: name!, value: value!, start: entry.index + line.lastIndexOf(value!), decoded }];
  });
}

function decode(value: string): string | undefined {
  if (!/^[A-Za-z0-9+/]{4,}={0,2}$/.test(value)) return undefined;
  return Buffer.from(value, 'base64').toString('utf8').trim();
}
