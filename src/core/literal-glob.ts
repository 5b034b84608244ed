/** Whether `text` matches `glob` as a whole: `*` stands for any run of characters, `\*` for a star. Linear in practice, never exponential. */
export function matchesGlob(glob: string, text: string): boolean {
  const parts = splitAtStars(glob);
  const first = parts[0]!;
  const last = parts.at(-1)!;
  if (parts.length === 1) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

/** The literal parts between the stars. */
function splitAtStars(glob: string): readonly string[] {
  const parts = [''];
  for (let i = 0; i < glob.length; i++) {
    if (glob[i] === '*') parts.push('');
    else {
      if (glob[i] === '\\' && glob[i + 1] === '*') i++;
      parts[parts.length - 1] += glob[i];
    }
  }
  return parts;
}
