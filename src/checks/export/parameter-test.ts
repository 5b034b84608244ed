/**
 * What the text of a node's parameter must be for a finding. In n8n an expression stands in `{{ }}` behind a leading `=`; `$fromAI('x')` is
 * filled in by the model.
 */
export const PARAMETER_TESTS: Readonly<Record<string, (text: string) => boolean>> = {
  present: () => true,
  'from-model': (text) => FROM_MODEL.test(text),
  'url-from-model': isUrlFromModel,
  /** The whole text is one expression: the data decides, not the author. */
  'whole-expression': (text) => /^=\s*\{\{\s*\$(?:json|input|node|\([^()]*\))[\w.$()[\]]*\s*\}\}\s*$/.test(text),
  /** An expression over what a model answered, by the names that its nodes give to the answer. */
  'answer-expression': (text) => expressions(text).some((body) => ANSWER.test(body)),
  'answer-url': (text) => {
    const host = /^=?\s*https?:\/\/([^/?#]*)/i.exec(text);
    return expressions(host ? `=${host[1]}` : text).some((body) => ANSWER.test(body));
  },
  /** The data decides over the instructions: `systemPrompt` from the body of a request. */
  'outsider-instructions': (text) =>
    /\{[^{}=]{0,300}\bsystem_?(?:prompt|message|instructions?)\b[^{}=]{0,300}\}\s*=[^;\n]{0,200}\b(?:body|query)\b/i.test(
      text,
    ) || /\b(?:body|query)\b\??\.\s*system_?(?:prompt|message|instructions?)\b/i.test(text),
  'outsider-text': (text) =>
    expressions(text).some((body) => /\$json\.(?:body|query|chatInput|message\.text)\b|\.json\.body\b/.test(body)),
  'personal-expression': isPersonal,
  'evaluates-input': (text) =>
    /\beval\s*\(|\bnew\s+Function\s*\(|\bexec(?:Sync)?\s*\(\s*(?:query|input)\b|\bvm\.run\w*\s*\(/.test(text),
};

const FROM_MODEL = /\$fromAI\s*\(/i;
/** A placeholder that the HTTP tool lets the model fill in: `{city}`, not `{{ … }}` and not `${…}`. */
const PLACEHOLDER = /(?<![{$])\{[A-Za-z_]\w*\}(?!\})/;
/** What the nodes that call a model name their answer. */
const ANSWER =
  /\.(?:output|completion|choices|candidates|message\.content|content\[0\]|content\.parts|output_text)\b|\$json\.(?:text|answer|sql|command)\b/;

function expressions(text: string): string[] {
  return text.startsWith('=') ? [...text.matchAll(/\{\{((?:(?!\}\}).)*)\}\}/gs)].map((match) => match[1]!) : [];
}

/** The model fills in the scheme, the host or the start of a URL. */
function isUrlFromModel(text: string): boolean {
  const plain = text.replace(/^=/, '').trim();
  const host = /^https?:\/\/([^/?#]*)/i.exec(plain)?.[1];
  // Without a scheme, what stands first decides: an expression is a whole address, a fixed path belongs to a fixed host.
  const start = host ?? /^(?:\{\{(?:(?!\}\}).)*\}\}|\{\w+\})/s.exec(plain)?.[0] ?? '';
  return FROM_MODEL.test(start) || PLACEHOLDER.test(start);
}

/** Fields of a person, by the last word of an expression; a name counts where the text around it says that it is a person's. */
const PERSONAL =
  /[.$'"](?:e_?-?mail|courriel|phone|phone_?number|telephone|tel|mobile|first_?name|last_?name|full_?name|surname|customer_?name|client_?name|lead_?name|patient_?name|birth_?date|date_?of_?birth|dob|ssn|passport\w*|iban|address|street|adresse|diagnosis|symptoms|salary)\b(?!\s*\(|\.length)/i;
const PERSON =
  /\b(?:nom|prénom|lead|prospect|customer|client|candidate|candidat|patient|applicant|employee|contact|guest|subscriber|person)\b/i;

function isPersonal(text: string): boolean {
  return expressions(text).some(
    (body) => PERSONAL.test(body) || (/[.'"]name\b(?!\s*\(|\.length)/i.test(body) && PERSON.test(text)),
  );
}
