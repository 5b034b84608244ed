export function firstScan(root: string): { readonly lines: string[]; readonly report: string[] };
