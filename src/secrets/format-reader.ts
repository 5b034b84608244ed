/** Where in the data that was handed in a fault lies: number of the file, then keys and indices. */
export type FormatPath = readonly [file: number, ...keys: (string | number)[]];

/** A fault in a file of secret formats. The loader turns its path into a line and a column. */
export class FormatError extends Error {
  override readonly name = 'FormatError';

  constructor(
    message: string,
    readonly path: FormatPath,
  ) {
    super(message);
  }
}

/** Reads one object of parsed data field by field and says where it is wrong. */
export class FormatReader {
  readonly #fields: Readonly<Record<string, unknown>>;

  constructor(
    value: unknown,
    readonly file: number,
    readonly keys: readonly (string | number)[] = [],
  ) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new FormatError('expected a map', [file, ...keys]);
    this.#fields = value as Readonly<Record<string, unknown>>;
  }

  fault(message: string, field?: string): FormatError {
    return new FormatError(message, [
      this.file,
      ...this.keys,
      ...(field !== undefined && field in this.#fields ? [field] : []),
    ]);
  }

  onlyFields(known: readonly string[]): void {
    const unknown = Object.keys(this.#fields).find((field) => !known.includes(field));
    if (unknown !== undefined) throw this.fault(`unknown field '${unknown}'`, unknown);
  }

  has(field: string): boolean {
    return this.#fields[field] !== undefined;
  }

  optionalText(field: string): string | undefined {
    const value = this.#fields[field];
    if (value === undefined) return undefined;
    if (typeof value !== 'string' || value === '') throw this.fault(`${field} must be a text`, field);
    return value;
  }

  text(field: string): string {
    const value = this.optionalText(field);
    if (value === undefined) throw this.fault(`${field} is missing`);
    return value;
  }

  identifier(field: string): string {
    const value = this.text(field);
    if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(value)) throw this.fault(`${field} must be in kebab case`, field);
    return value;
  }

  number(field: string): number {
    const value = this.#fields[field];
    if (typeof value !== 'number' || !Number.isFinite(value)) throw this.fault(`${field} must be a number`, field);
    return value;
  }

  flag(field: string): boolean {
    const value = this.#fields[field] ?? false;
    if (typeof value !== 'boolean') throw this.fault(`${field} must be true or false`, field);
    return value;
  }

  oneOf<Value extends string>(field: string, values: readonly Value[], fallback?: Value): Value {
    const value = this.#fields[field] ?? fallback;
    const found = values.find((each) => each === value);
    if (found === undefined) throw this.fault(`${field} must be one of ${values.join(', ')}`, field);
    return found;
  }

  optionalTexts(field: string): readonly string[] {
    const value = this.#fields[field] ?? [];
    if (!Array.isArray(value) || value.some((each) => typeof each !== 'string' || each === '')) {
      throw this.fault(`${field} must be a list of texts`, field);
    }
    return value as string[];
  }

  optionalItems(field: string): readonly FormatReader[] {
    const value = this.#fields[field] ?? [];
    if (!Array.isArray(value)) throw this.fault(`${field} must be a list`, field);
    return value.map((item: unknown, index) => new FormatReader(item, this.file, [...this.keys, field, index]));
  }

  /** One number, or a list of two; `[0, 0]` when the field is missing. */
  range(field: string): readonly [number, number] {
    const value = this.#fields[field] ?? 0;
    if (typeof value === 'number') return [value, value];
    if (Array.isArray(value) && value.length === 2 && value.every((each) => typeof each === 'number'))
      return [value[0], value[1]];
    throw this.fault(`${field} must be a number or a list of two`, field);
  }

  near(field: string): { readonly texts: readonly string[]; readonly within: number } | undefined {
    if (this.#fields[field] === undefined) return undefined;
    const reader = new FormatReader(this.#fields[field], this.file, [...this.keys, field]);
    reader.onlyFields(['texts', 'within']);
    return { texts: reader.optionalTexts('texts').map((text) => text.toLowerCase()), within: reader.number('within') };
  }

  expression(field: string, sticky: boolean, ignoreCase: boolean): RegExp {
    const source = this.text(field);
    try {
      return new RegExp(source, `${ignoreCase ? 'i' : ''}${sticky ? 'y' : ''}`);
    } catch (error) {
      throw this.fault(`${field} is no regular expression: ${(error as Error).message}`, field);
    }
  }
}
