/** Shannon entropy of the UTF-16 code units of a text, in bits per character; 0 for the empty text. */
export function entropy(text: string): number {
  const counts = new Map<number, number>();
  for (let i = 0; i < text.length; i++) counts.set(text.charCodeAt(i), (counts.get(text.charCodeAt(i)) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

export type Alphabet = 'digits' | 'hexadecimal' | 'lower' | 'upper' | 'letters' | 'alphanumeric' | 'base64' | 'other';

/** The smallest of the usual alphabets that holds all characters of a text. */
export function alphabetOf(text: string): Alphabet {
  if (/^\d+$/.test(text)) return 'digits';
  if (/^(?:[0-9a-f]+|[0-9A-F]+)$/.test(text)) return 'hexadecimal';
  if (/^[a-z0-9]+$/.test(text)) return 'lower';
  if (/^[A-Z0-9]+$/.test(text)) return 'upper';
  if (/^[A-Za-z]+$/.test(text)) return 'letters';
  if (/^[A-Za-z0-9]+$/.test(text)) return 'alphanumeric';
  if (/^[A-Za-z0-9+/_=-]+$/.test(text)) return 'base64';
  return 'other';
}
