import { isSafeKey } from '../document/ids.ts';
import { utf8Bytes } from '../document/json.ts';
import { LIMITS } from '../document/limits.ts';

export interface DataProblem {
  path: (string | number)[];
  message: string;
}

/**
 * Why `value` cannot be the `data` of a record, or undefined when it can: JSON only, within LIMITS in depth and
 * bytes, no keys that could reach a prototype. Stops at the first problem, so a huge value costs no more than the
 * limit.
 */
export function dataProblem(value: unknown): DataProblem | undefined {
  let bytes = 0;
  const spend = (cost: number, path: (string | number)[]): DataProblem | undefined => {
    bytes += cost;
    return bytes > LIMITS.dataBytes
      ? {
          path,
          message: `data has more than ${LIMITS.dataBytes} bytes of JSON: keep large values on your side`,
        }
      : undefined;
  };

  const visit = (part: unknown, depth: number, path: (string | number)[]): DataProblem | undefined => {
    if (depth > LIMITS.dataDepth)
      return { path, message: `Nested deeper than ${LIMITS.dataDepth} levels: flatten it` };
    if (part === null || typeof part === 'boolean') return spend(part === false ? 5 : 4, path);
    if (typeof part === 'number') {
      if (!Number.isFinite(part)) return { path, message: 'Give a finite number' };
      return spend(String(part).length, path);
    }
    if (typeof part === 'string') {
      if (/\p{Surrogate}/u.test(part))
        return { path, message: 'Holds half of a surrogate pair: send whole characters' };
      // Strings past the limit are not measured to the end.
      return spend(part.length > LIMITS.dataBytes ? part.length : utf8Bytes(JSON.stringify(part)), path);
    }
    if (typeof part !== 'object') return { path, message: `A ${typeof part} is not JSON` };
    return visitMembers(part, depth, path);
  };

  const visitMembers = (part: object, depth: number, path: (string | number)[]): DataProblem | undefined => {
    const list = Array.isArray(part);
    const over = spend(2, path);
    if (over) return over;
    for (const [key, member] of Object.entries(part)) {
      const here = [...path, list ? Number(key) : key];
      if (!list && !isSafeKey(key))
        return { path: here, message: `The key "${key}" is reserved: take another` };
      const problem = spend(list ? 1 : key.length + 4, here) ?? visit(member, depth + 1, here);
      if (problem) return problem;
    }
    return undefined;
  };

  return visit(value, 1, []);
}
