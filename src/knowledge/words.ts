/** Runs of capitals with a plural s (`IDs`), acronyms (`SSN` in `userSSNField`), capitalised or small words, numbers; digits stay with their word. */
const WORD = /\p{Lu}{2,}s(?!\p{Ll})|\p{Lu}+(?!\p{Ll})\d*|\p{Lu}?\p{Ll}+\d*|\d+/gu;

/** Splits an identifier into its words in lower case: `OPENAI_API_KEY`, `openaiApiKey` and `openai-api-key` give `openai api key`. */
export function splitWords(identifier: string): readonly string[] {
  return (identifier.match(WORD) ?? []).map((word) => word.toLowerCase());
}
