import { fileURLToPath } from 'node:url';

/** The folder of the rules that ship with the program: beside `dist` and beside `src`. */
export const RULES_FOLDER = fileURLToPath(new URL('../rules', import.meta.url));
