/** What the text of a node's parameter must be for a finding. Expressions stand in `{{ }}` behind a leading `=`, or in `{name}`. */
export const PARAMETER_TESTS: Readonly<Record<string, (text: string) => boolean>> = {
  present: () => true,
  /** The model fills in at least a part: `{{ $fromAI('command') }}`, a `{placeholder}`. */
  'from-model': (text) => /\$fromAI\s*\(/i.test(text) || /(?<![{$])\{[A-Za-z_]\w*\}(?!\})/.test(text),
  /** The model fills in the scheme, the host or an unencoded path of a URL. */
  'url-from-model': isUrlFromModel,
  /** The whole text is one expression: the data decides, not the author. */
  'whole-expression': (text) => /^=\s*\{\{(?:(?!\}\}).)*\}\}\s*$/s.test(text),
  /** Any expression over the data of earlier nodes. */
  expression: (text) => text.startsWith('=') && /\{\{[^}]*\$(?:json|input|node|item|\(|\{)/.test(text),
};

function isUrlFromModel(text: string): boolean {
  const plain = text.replace(/^=/, '').trim();
  const host = /^https?:\/\/([^/?#]*)(\/[^?#]*)?/i.exec(plain);
  const model = (part: string) => /\$fromAI\s*\(/i.test(part) || /(?<![{$])\{[A-Za-z_]\w*\}(?!\})/.test(part);
  if (!host) return model(plain);
  return model(host[1]!);
}
