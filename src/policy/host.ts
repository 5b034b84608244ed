import { matchesGlob } from '../core/literal-glob.js';

/** Whether a host is one of those that a pattern means: a name with `*` for any run of characters, or a range of addresses, `10.0.0.0/8`. */
export function isHostIn(host: string, pattern: string): boolean {
  const [, network = '', bits = ''] = /^([\d.]+)\/(\d{1,2})$/.exec(pattern) ?? [];
  if (network === '') return matchesGlob(pattern.toLowerCase(), host.toLowerCase());
  const [base, address] = [toNumber(network), toNumber(host)];
  if (base === undefined || address === undefined) return false;
  const size = 2 ** (32 - Math.min(32, Number(bits)));
  return Math.floor(base / size) === Math.floor(address / size);
}

/** An IPv4 address as a number. */
function toNumber(text: string): number | undefined {
  const parts = text.split('.').map(Number);
  const isAddress = parts.length === 4 && parts.every((part) => Number.isInteger(part) && part >= 0 && part < 256);
  return isAddress ? parts.reduce((sum, part) => sum * 256 + part, 0) : undefined;
}

/** The host that a URL names; undefined for a text that is no URL with a host. */
export function hostOf(url: string): string | undefined {
  const [, host] = /^(?:https?|wss?):\/\/(?:[^/?#@]*@)?(\[[^\]]+\]|[^/?#:@\s]+)/i.exec(url.trim()) ?? [];
  return host?.toLowerCase();
}
