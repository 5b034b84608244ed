import { ExitCode, type Io } from './io.js';
import type { ExplainRequest } from './request.js';
import { findRule } from './select-rules.js';
import type { Services } from './services.js';

/** `spillcheck explain <rule>`: the page of a rule. */
export async function explainCommand(request: ExplainRequest, io: Io, services: Services): Promise<ExitCode> {
  const { help } = findRule(await services.loadRules(), request.subject);
  io.stdout.write(help.endsWith('\n') ? help : `${help}\n`);
  return ExitCode.Clean;
}
