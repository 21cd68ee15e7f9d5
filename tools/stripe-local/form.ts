import { invalid } from './errors.ts';

/** What a form-encoded body holds once its brackets are read: strings, lists and objects. */
export type FormValue = string | FormValue[] | { [key: string]: FormValue };
export type Form = { [key: string]: FormValue };

const MAX_DEPTH = 12;

/** Reads `items[0][price]=p&expand[]=customer` as Stripe does. @throws StripeError for brackets that do not match. */
export function decodeForm(encoded: string): Form {
  const root = Object.create(null) as Form;
  for (const [name, value] of new URLSearchParams(encoded)) insert(root, pathOf(name), value);
  return Object.fromEntries(Object.entries(root).map(([key, value]) => [key, withLists(value)]));
}

function pathOf(name: string): string[] {
  const first = name.indexOf('[');
  if (first === -1) return [name];
  const rest = name.slice(first);
  if (!/^(\[[^[\]]*\])+$/.test(rest)) throw invalid(`Invalid parameter name: ${name}`, name);
  const path = [name.slice(0, first), ...rest.slice(1, -1).split('][')];
  if (path.length > MAX_DEPTH) throw invalid(`Parameter nested too deeply: ${name}`, name);
  return path;
}

function insert(into: Form, path: string[], value: string): void {
  let at = into;
  for (const [index, given] of path.entries()) {
    const key = given === '' ? String(Object.keys(at).length) : given;
    if (index === path.length - 1) {
      // The v2 API repeats a name instead of numbering it: `include=a&include=b`.
      const known = path.length === 1 ? at[key] : undefined;
      at[key] =
        known === undefined
          ? value
          : { ...(typeof known === 'string' ? { 0: known } : known), [sizeOf(known)]: value };
      return;
    }
    const next = at[key];
    if (next === undefined) at = at[key] = Object.create(null) as Form;
    else if (typeof next === 'string') throw invalid(`Invalid parameters: ${path[0]} is used twice`, path[0]);
    else at = next as Form;
  }
}

function sizeOf(value: FormValue): string {
  return String(typeof value === 'string' ? 1 : Object.keys(value).length);
}

/** Objects whose keys are all whole numbers are lists, in the order of these numbers. */
function withLists(value: FormValue): FormValue {
  if (typeof value === 'string') return value;
  const entries = Object.entries(value).map(([key, item]) => [key, withLists(item)] as const);
  if (entries.length > 0 && entries.every(([key]) => /^\d+$/.test(key))) {
    return entries.toSorted(([a], [b]) => Number(a) - Number(b)).map(([, item]) => item);
  }
  return Object.fromEntries(entries);
}
