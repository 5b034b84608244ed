import { covers } from '../../core/kinds.js';
import { modelsOf, nameOf } from './call-states.js';
import type { Place } from './item.js';
import { methodOf } from './schema.js';
import type { StaticValues } from './static-values.js';

/**
 * Own functions and methods whose name says that they ask a person. What is confirmed or approved must be what runs: `confirmPayment` and
 * `approvePullRequest` are operations.
 */
const ASKS =
  /^(?:(?:confirm|approve)(?:With|By|From|Before|User|Human|Person|Operator|Action|Operation|Execution|Execute|Run|Tool|Call|Command|Changes?|Delete|Deletion|Dangerous|Destructive|Prompt|Dialog|Async|OrThrow)*$|(?:requestApproval|requireApproval|requireConfirmation|askUser|askPermission|askApproval|requestPermission|requestConfirmation|promptUser|waitForApproval|getApproval|elicit))/;

/** Whether a call asks a person: a model says so, or its name. */
export function isQuestion(values: StaticValues, place: Place): boolean {
  const models = modelsOf(values, place);
  if (models.some((model) => model.asks)) return true;
  // `paymentIntents.confirm` is what is done.
  if (models.some(({ sinks }) => sinks.some(({ kind }) => covers('effect', kind)))) return false;
  const callee = values.program.fileOf(place.function).code[place.pc + 4]!;
  const name = methodOf(values, { kind: 'call', place }) || nameOf(values, place.function, callee);
  return ASKS.test(name);
}

/** Whether anything in the file of a call asks a person. */
export function asksInFile(values: StaticValues, { function: fn }: Place): boolean {
  const { program } = values;
  const file = program.functionFile[fn]!;
  for (let each = program.functionBase[file]!; each < program.functionBase[file + 1]!; each++)
    if (values.index(each).calls.some((pc) => isQuestion(values, { function: each, pc }))) return true;
  return false;
}
