import { isLocalHost, type UrlCredentials } from './authority.js';
import { characterClasses, isRandom } from './evidence.js';
import { fabricationOf } from './fabrication.js';
import type { FileContext } from './file-context.js';
import type { Power } from './format.js';
import type { Verdict } from './judge.js';
import { isStockPassword } from './stock-password.js';

/** Hosts that stand for any host. */
const SAMPLE_HOST =
  /(?:^|\.)(?:example|test|invalid)(?:\.(?:com|org|net))?$|^(?:your|my)?-?(?:db|database|mongo|redis|postgres|pg|sql)?-?(?:host|hostname|server|cluster|endpoint|address|domain|instance|project)(?:$|[.-])|^(?:host|hostname|server|domain|url|ip)(?:name)?(?:\.com)?$|^your|^ep-x|^xxx|\$|\{|</i;

/** Decides on a URL with a password in it; undefined for templates and samples. */
export function judgeUrl(url: UrlCredentials, file: FileContext, power: Power): Verdict | undefined {
  const { user, password, host } = url;
  const parts = `${user}${password}${host}`;
  if (password.length < 3 || /[${}<>\s()]|\*\*|%s|%\(|\.\.\.|…/.test(parts) || host === '') return undefined;
  const strict: Verdict = { level: 'note', profile: 'strict', confidence: 'low', power, remarks: [] };
  const stock = (isStockPassword(password) && !isVaried(password)) || password === user || password.length < 6;
  if (isLocalHost(host)) {
    if (fabricationOf(password) === 'placeholder') return undefined;
    if (stock || file.role !== 'production')
      return { ...strict, remarks: ['it is a default for a service on the same machine or network'] };
    return { ...strict, profile: 'recommended', level: 'warning', remarks: ['the host is a local one'] };
  }
  if (stock || fabricationOf(password) === 'placeholder') return undefined;
  if (SAMPLE_HOST.test(host)) {
    if (file.role !== 'production' || fabricationOf(password)) return undefined;
    return { ...strict, profile: 'recommended', level: 'warning', remarks: ['the host looks like a sample'] };
  }
  if (file.role === 'production')
    return { level: 'error', profile: 'recommended', confidence: 'high', power, remarks: [] };
  if (fabricationOf(password)) return undefined;
  if (!isRandom(password, 'password') && (password.length < 12 || characterClasses(password) < 3)) return strict;
  return {
    level: 'warning',
    profile: 'recommended',
    confidence: 'medium',
    power,
    remarks: ['it stands outside the program itself'],
  };
}

/** People who run a service in earnest write `passW0rd!` too: stock words, but not as they come. */
function isVaried(password: string): boolean {
  const classes = characterClasses(password);
  return (classes >= 3 && password.length >= 10) || (classes === 4 && password.length >= 8);
}
