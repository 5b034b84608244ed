import { isNumericKind } from './model-call.js';
import type { Names } from './names.js';
import { type DeclaredType, OPEN_SHAPE, type Shape, type ShapeMember, type TypeShapes } from './type-shape.js';
import { labelOfTags } from './type-tags.js';

/** A sensitive member of a type, at any depth. */
export interface SensitiveMember {
  readonly keys: readonly string[];
  readonly label: string;
  /** For people: `User.email`. */
  readonly name: string;
}

/** Levels of nested types that are looked into, and members that are kept. */
const MAXIMUM_LEVELS = 3;
const MAXIMUM_MEMBERS = 24;

/** The members of a type, and of the types of its members and elements, whose names or tags say that they are sensitive. */
export function sensitiveMembers(shapes: TypeShapes, names: Names, type: DeclaredType): readonly SensitiveMember[] {
  const found: SensitiveMember[] = [];
  const visit = (shape: Shape, keys: readonly string[], level: number): void => {
    if (shape.serialises) return;
    const whole = labelOfTags(shape.tags, '');
    if (whole === '') return;
    for (const member of shape.members.values()) {
      if (found.length >= MAXIMUM_MEMBERS) return;
      const inner = unwrap(shapes, member.type && shapes.shape(member.type));
      if (inner.shape.result) continue;
      const label = labelOf(names, member, inner.shape, whole);
      const path = [...keys, member.name];
      if (label) found.push({ keys: path, label, name: member.owner ? `${member.owner}.${member.name}` : member.name });
      else if (label === undefined && level < MAXIMUM_LEVELS) visit(inner.shape, [...path, ...inner.keys], level + 1);
    }
  };
  const { shape, keys } = unwrap(shapes, shapes.shape(type));
  visit(shape, keys, 1);
  return found;
}

/** Types of what somebody is let in with, by their names: the `token` of one of these is a credential, and counts no words. */
const ADMISSION = /log-?in|sign-?(?:in|up)|auth(?!or)|session|register|registration|credential/i;

/** The label of a member; '' for none, undefined where its own members tell. */
function labelOf(names: Names, member: ShapeMember, shape: Shape, whole: string | undefined): string | undefined {
  const named = names.label(member.name);
  const tagged = labelOfTags(member.tags, named);
  if (tagged !== undefined) return tagged;
  if (shape.members.size > 0) return undefined;
  if (shape.scalar === 'truth' || shape.scalar === 'closed' || shape.scalar === 'void') return '';
  if (named === '' && ADMISSION.test(member.owner) && shape.scalar === '') {
    const possible = names.possible(member.name);
    if (possible.startsWith('secret')) return possible;
  }
  if (/^(?:personal|secret)/.test(named)) return shape.scalar === 'number' && !isNumericKind(named) ? '' : named;
  return whole && named === '' && shape.scalar === '' ? whole : '';
}

/** What a list, or a list of lists, holds. */
function unwrap(
  shapes: TypeShapes,
  shape: Shape | undefined,
): { readonly shape: Shape; readonly keys: readonly string[] } {
  const keys: string[] = [];
  let current = shape ?? OPEN_SHAPE;
  while (current.element && current.members.size === 0 && keys.length < 3) {
    keys.push(current.elementKey);
    current = shapes.shape(current.element);
  }
  return { shape: current, keys };
}
