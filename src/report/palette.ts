import { Chalk } from 'chalk';
import type { Level } from '../core/finding.js';

type Paint = (text: string) => string;

/** The colours of the terminal report, by what they mean. Without colour each returns its text as it is. */
export interface Palette {
  readonly level: Readonly<Record<Level, Paint>>;
  readonly file: Paint;
  readonly rule: Paint;
  readonly heading: Paint;
  readonly faint: Paint;
  readonly good: Paint;
  readonly alarm: Paint;
}

export function createPalette(color: boolean): Palette {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  return {
    level: { error: chalk.bold.red, warning: chalk.bold.yellow, note: chalk.bold.blue },
    file: chalk.bold.underline,
    rule: chalk.bold,
    heading: chalk.cyan,
    faint: chalk.dim,
    good: chalk.green,
    alarm: chalk.bold.yellow,
  };
}
