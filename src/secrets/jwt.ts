/** The decoded parts of a JSON Web Token. */
export interface JsonWebToken {
  /** Undefined where the header names none, without which no one can verify the token. */
  readonly algorithm: string | undefined;
  readonly claims: Readonly<Record<string, unknown>>;
  /** The payload as JSON text without spaces, for conditions on claims. */
  readonly claimsText: string;
  /** Seconds between issue and expiry; undefined when it never expires or does not say when it was issued. */
  readonly lifetime: number | undefined;
  /** Expiry in seconds since 1970. */
  readonly expiry: number | undefined;
}

/** Decodes a JSON Web Token; undefined when header or payload is no JSON object. */
export function decodeJwt(text: string): JsonWebToken | undefined {
  const [head, body, signature] = unwrapJwt(text).split('.');
  const header = decodeObject(head);
  const claims = decodeObject(body);
  if (!header || !claims || !signature) return undefined;
  const expiry = typeof claims.exp === 'number' ? claims.exp : undefined;
  const issued = typeof claims.iat === 'number' ? claims.iat : typeof claims.nbf === 'number' ? claims.nbf : undefined;
  return {
    algorithm: typeof header.alg === 'string' ? header.alg : undefined,
    claims,
    claimsText: JSON.stringify(claims),
    lifetime: expiry !== undefined && issued !== undefined ? expiry - issued : undefined,
    expiry,
  };
}

/** Tokens are sometimes stored as Base64 once more. */
function unwrapJwt(text: string): string {
  return text.startsWith('ZXlK') ? Buffer.from(text, 'base64').toString('latin1') : text;
}

function decodeObject(part: string | undefined): Record<string, unknown> | undefined {
  if (!part) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
