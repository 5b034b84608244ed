/**
 * Whether a URL sends its content in the clear to a host that is not local. Local are loopback, `host.docker.internal`, single-label
 * service names, `.local`, `.internal` and private address ranges; a host that comes from a variable is unknown and counts as local.
 */
export function isRemotePlainHttp(text: string): boolean {
  const match = /^\s*(?:http|ws):\/\/(?:[^/@\s]*@)?(\[[^\]]*\]|[^/:?#\s]*)/i.exec(text);
  return match !== null && !isLocalHost(match[1]!.toLowerCase());
}

function isLocalHost(host: string): boolean {
  if (!/^[\w.-]+$|^\[[\da-f:.%]*\]$/.test(host)) return true;
  if (host.startsWith('[')) return /^\[(?:::1?|f[cd][\da-f]{2}:.*|fe80:.*|::ffff:127\..*)\]$/.test(host);
  if (!host.includes('.')) return true;
  if (/(?:^|\.)(?:localhost|local|internal|lan|home\.arpa|localdomain)$/.test(host)) return true;
  const parts = host.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part))) return false;
  const [a, b] = parts.map(Number) as [number, number];
  return (
    a === 127 ||
    a === 10 ||
    a === 0 ||
    (a === 192 && b === 168) ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 169 && b === 254)
  );
}
