import { printable } from './printable.js';

/** The lines of a text, each safe to print: see `printable`. Tabs become two blanks, so that code keeps its shape. */
export function printableLines(text: string): string[] {
  return text.split(/\r\n|[\r\n]/).map((line) => printable(line.replace(/\t/g, '  ')));
}
