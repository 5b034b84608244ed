import { inspect } from 'node:util';

/** Stands for the secret when a case is run. Looks like nothing else, so that six characters of it in a row are no accident. */
export const CANARY = 'k9Xv2qLmTz-w7RbYc4NdE-h3JsPf8GuA';

/** Characters in a row that count as having received it. */
const PIECE = 6;

/** Whether what a sink was given holds the canary: itself, a piece of it, or an encoding or reversal of one. */
export function carriesCanary(values: readonly unknown[], canary = CANARY): boolean {
  const text = values.map(render).join(' ');
  const pieces = piecesOf(canary);
  const reversed = piecesOf([...canary].reverse().join(''));
  const lower = text.toLowerCase();
  return (
    [...pieces, ...reversed].some((piece) => lower.includes(piece.toLowerCase())) ||
    pieces.some((piece) => text.includes(Buffer.from(piece).toString('base64'))) ||
    holdsHexadecimal(lower, pieces) ||
    holdsCharacterCodes(text, pieces)
  );
}

function render(value: unknown): string {
  return typeof value === 'string'
    ? value
    : inspect(value, { depth: Number.POSITIVE_INFINITY, maxArrayLength: null, maxStringLength: null });
}

function piecesOf(text: string): string[] {
  return Array.from({ length: text.length - PIECE + 1 }, (_, start) => text.slice(start, start + PIECE));
}

function holdsHexadecimal(text: string, pieces: string[]): boolean {
  const digits = text.replace(/\s/g, '');
  return pieces.some((piece) => digits.includes(Buffer.from(piece).toString('hex')));
}

function holdsCharacterCodes(text: string, pieces: string[]): boolean {
  const codes = text.match(/\d+/g)?.map(Number) ?? [];
  const decoded = codes.map((code) => (code > 31 && code < 127 ? String.fromCharCode(code) : ' ')).join('');
  return pieces.some((piece) => decoded.includes(piece));
}
