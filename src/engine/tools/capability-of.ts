import { covers, type Kind } from '../../core/kinds.js';
import type { CallModel, Condition } from '../../core/port.js';
import type { CapabilityKind } from '../../core/tool.js';

/**
 * What calling a modelled interface lets a program do, with the kind of sink that a flow into it would have.
 *
 * @param holds whether the conditions of an effect surely hold at the call: its address is that of a mail service
 */
export function capabilitiesOf(
  model: CallModel,
  holds: (condition: Condition) => boolean,
): readonly (readonly [CapabilityKind, Kind])[] {
  const result: (readonly [CapabilityKind, Kind])[] = [];
  const isRequest = model.sinks.some(({ kind }) => covers('url', kind));
  for (const { kind, when } of model.sinks) {
    // Whether a request goes to a model depends on its address.
    if (isRequest && covers('model', kind)) continue;
    // What holds under conditions (the address of a provider) is not judged here.
    if (when.length > 0 && !(covers('effect', kind) && when.every(holds))) continue;
    const capability = bySink(kind, model.selector);
    if (capability) result.push([capability, kind]);
  }
  const isStatement = model.sinks.some(({ kind }) => covers('sql', kind));
  if (isStatement) return result.filter(([capability]) => capability !== 'writes data');
  for (const { kind, when } of model.sources) {
    if (when.length > 0) continue;
    const capability = bySource(kind, model.selector);
    if (capability) result.push([capability, kind]);
  }
  // Whoever moves money, or reads a table, does it over the network: that needs no saying.
  return result.length > 0 ? result : (model.does ?? []).map((capability) => [capability, DONE] as const);
}

/** Of what models say is done, nothing tells what arrives there. */
const DONE: Kind = 'done';

const BY_SINK: readonly (readonly [Kind, CapabilityKind])[] = [
  ['shell', 'runs processes'],
  ['code', 'evaluates code'],
  ['sql', 'runs SQL'],
  ['url', 'uses the network'],
  ['storage.database', 'writes data'],
  ['effect.delete', 'deletes data'],
  ['effect.mail', 'sends mail'],
  ['effect.payment', 'moves money'],
  ['effect.message', 'sends messages'],
  ['effect.publish', 'publishes'],
  ['effect.deploy', 'deploys'],
  ['effect.stop', 'stops processes'],
  ['model.prompt', 'calls a model'],
  ['model.system', 'calls a model'],
];

function bySink(kind: Kind, selector: string): CapabilityKind | undefined {
  if (covers('path', kind)) return byFileMethod(selector);
  const found = BY_SINK.find(([pattern]) => covers(pattern, kind))?.[1];
  return (found === 'evaluates code' || found === 'uses the network') && IN_BROWSER.test(selector)
    ? 'drives a browser'
    : found;
}

const IN_BROWSER = /Page\.|Locator\./;
const DELETES = /\.(unlink|rm|rmdir|remove|emptyDir)(Sync)?$/;
const READS = /\.(read\w*|createReadStream|readdir|opendir|open|glob)(Sync)?$/;

function byFileMethod(selector: string): CapabilityKind {
  if (DELETES.test(selector)) return 'deletes files';
  return READS.test(selector) ? 'reads files' : 'writes files';
}

function bySource(kind: Kind, selector: string): CapabilityKind | undefined {
  if (covers('record', kind)) return 'reads data';
  if (covers('untrusted.content.retrieved', kind)) return 'reads data';
  if (covers('untrusted.content.page', kind))
    return IN_BROWSER.test(selector) ? 'drives a browser' : 'uses the network';
  if (covers('untrusted.content.file', kind)) return 'reads files';
  if (covers('secret.environment', kind)) return 'reads the environment';
  return selector.includes('Sandbox.') ? 'uses a sandbox' : undefined;
}
