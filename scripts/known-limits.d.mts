export function knownLimits(flows: string): string;
