export function terminalPicture(lines: readonly string[], title: string): string;
export function plainText(line: string): string;
