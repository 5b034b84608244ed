import type { CallModel, Port } from '../core/port.js';

/** Whether a model keeps what the functions are called with that it hands to a callback: that is one state for the call, whoever calls them and wherever. */
export function keepsGiven(model: CallModel): boolean {
  return model.flows.some(({ from, to }) => to.root === 'state' && isOfGiven(model, from));
}

/** Whether a port is what a function that a callback of the call was given is called with. */
function isOfGiven({ invokes }: CallModel, { root, invoke }: Port): boolean {
  return root === 'invoke-argument' && invokes[invoke]?.root === 'invoke-argument';
}
