/** Where in a file of the user's (configuration, rules) an error stands; line and column are one-based. */
export interface ErrorPlace {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/**
 * What is wrong with the user's request: a flag, a path, a configuration, a rule file.
 * Printed as one line, `file:line:col: message`, and the process exits with 2.
 */
export class RequestError extends Error {
  override readonly name = 'RequestError';

  constructor(
    message: string,
    readonly place?: ErrorPlace,
  ) {
    super(message);
  }

  /** The one line that is printed. */
  describe(): string {
    if (!this.place) return this.message;
    const { file, line, column } = this.place;
    return `${[file, line, column].filter((part) => part !== undefined).join(':')}: ${this.message}`;
  }
}
