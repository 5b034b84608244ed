import type { FindingDraft } from '../report/fingerprint.js';

/**
 * A key of the environment that is told where its name stands is not told again where the flow of that key leaves around it: at the call, or the
 * `return`, that the name is a part of. The flow says more.
 */
export function withoutRepeats(drafts: readonly FindingDraft[]): readonly FindingDraft[] {
  const flows = drafts.filter((draft) => draft.ruleId === 'client-exposed-secret' && draft.steps.length > 0);
  if (flows.length === 0) return drafts;
  const isRepeated = (draft: FindingDraft): boolean =>
    draft.ruleId === 'client-exposed-secret' &&
    draft.steps.length === 0 &&
    flows.some((flow) => encloses(flow, draft) && flow.data?.element === draft.data?.element);
  return drafts.filter((draft) => !isRepeated(draft));
}

function encloses({ location: outer }: FindingDraft, { location: inner }: FindingDraft): boolean {
  return outer.file === inner.file && outer.start <= inner.start && inner.end <= outer.end;
}
