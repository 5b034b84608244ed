import type { Profile } from '../core/finding.js';
import { covers, type Kind } from '../core/kinds.js';
import type { RuleLevel, ScanSettings } from '../core/settings.js';
import { PathSet } from '../project/path-set.js';

/** Personal data that tells little of a person, IP addresses and user names: reported by the strict profile only. */
const WEAK: readonly Kind[] = ['personal.online-id'];

/** Which rules are reported where, and at which level. */
export class RuleLevels {
  readonly #overrides: readonly { readonly files: PathSet; readonly levels: Readonly<Record<string, RuleLevel>> }[];

  /**
   * @param named rules that the user names: only these are reported, whatever profile and configuration say
   * @param profiles the smallest profile of each rule
   */
  constructor(
    private readonly settings: Pick<ScanSettings, 'levels' | 'overrides'>,
    private readonly profile: Profile,
    private readonly named: readonly string[] | undefined,
    private readonly profiles: ReadonlyMap<string, Profile>,
  ) {
    this.#overrides = settings.overrides.map(({ files, levels }) => ({ files: new PathSet(files), levels }));
  }

  /** The level that the configuration gives a rule about data of a kind in a file, `off` where it is not reported; undefined: the level of the finding itself. */
  find(rule: string, file: string, kind?: Kind): RuleLevel | undefined {
    const said = this.#said(rule, file);
    if (this.named) return !this.named.includes(rule) ? 'off' : said === 'off' ? undefined : said;
    if (said !== undefined) return said;
    if (kind !== undefined && this.profile !== 'strict' && WEAK.some((weak) => covers(weak, kind))) return 'off';
    const profile = this.profiles.get(rule);
    return profile !== undefined && (this.profile === 'strict' || profile === 'recommended') ? undefined : 'off';
  }

  #said(rule: string, file: string): RuleLevel | undefined {
    const override = this.#overrides.findLast(({ files, levels }) => levels[rule] !== undefined && files.has(file));
    return override ? override.levels[rule] : this.settings.levels[rule];
  }
}
