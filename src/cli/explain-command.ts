import { RequestError } from '../core/errors.js';
import { RULES_FOLDER } from '../rules-folder.js';
import { ExitCode, type Io } from './io.js';
import type { ExplainRequest } from './request.js';
import { findRule } from './select-rules.js';
import type { Services } from './services.js';

/** `spillcheck explain <rule>`: the page of a rule. */
export async function explainCommand(request: ExplainRequest, io: Io, services: Services): Promise<ExitCode> {
  if (request.model !== undefined) return explainModel(request.model, io);
  const { help } = findRule(await services.loadRules(), request.subject);
  io.stdout.write(help.endsWith('\n') ? help : `${help}\n`);
  return ExitCode.Clean;
}

/** `spillcheck explain --model <selector>`: what the models say of an interface. */
async function explainModel(selector: string, io: Io): Promise<ExitCode> {
  const { describeModels } = await import('../knowledge/describe-model.js');
  const { loadKnowledge } = await import('../knowledge/load.js');
  const blocks = describeModels(loadKnowledge(RULES_FOLDER).data.models, selector);
  if (blocks.length === 0) throw new RequestError(`no model speaks of '${selector}'`);
  io.stdout.write(`${blocks.join('\n\n')}\n`);
  return ExitCode.Clean;
}
