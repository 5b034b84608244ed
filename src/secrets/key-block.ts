/** A PEM or PGP block. Offsets are into the text. */
export interface KeyBlock {
  readonly start: number;
  readonly end: number;
  /** The Base64 text, without line breaks, escapes and quotes. */
  readonly body: string;
  /** Protected by a passphrase. */
  readonly encrypted: boolean;
}

const BLOCK_LIMIT = 20_000;
const SHORTEST_BODY = 64;

/**
 * Reads the block whose header line ends at `headerEnd`. The body may be one string with escaped line breaks, or a string per line. It
 * must be Base64 of what such keys begin with; undefined otherwise (an example with dots in it, a pattern, a template).
 */
export function readKeyBlock(text: string, start: number, headerEnd: number): KeyBlock | undefined {
  const footer = text.indexOf('-----', headerEnd);
  if (footer < 0 || footer - headerEnd > BLOCK_LIMIT || !text.startsWith('END', footer + 5)) return undefined;
  const closing = text.indexOf('----', footer + 8);
  if (closing < 0 || closing - footer > 60) return undefined;
  const raw = text.slice(headerEnd, footer);
  const encrypted = /ENCRYPTED/.test(raw) || /ENCRYPTED/.test(text.slice(start, headerEnd));
  const body = raw
    .replace(/\\{1,4}[nrt]/g, '\n')
    .replace(/^[ \t"'`+,]*[A-Za-z-]{1,30}: .*$/gm, '')
    .replace(/[\s"'`+,\\]+(?=\n|$)|^[\s"'`+,\\]+|[\s"'`,\\]/gm, '');
  if (body.length < SHORTEST_BODY || !/^[A-Za-z0-9+/]+={0,2}(?:=[A-Za-z0-9+/]{4})?$/.test(body)) return undefined;
  if (!encrypted && !beginsLikeKey(Buffer.from(body.slice(0, 64), 'base64'), text.slice(start, headerEnd)))
    return undefined;
  return { start, end: closing + (text[closing + 4] === '-' ? 5 : 4), body, encrypted };
}

function beginsLikeKey(bytes: Buffer, header: string): boolean {
  if (header.includes('OPENSSH')) return bytes.toString('latin1').startsWith('openssh-key-v1');
  if (header.includes('PGP')) return (bytes[0]! & 0x80) !== 0;
  // an ASN.1 sequence
  return bytes[0] === 0x30;
}
