import type * as z from 'zod/mini';

/** What an issue without a message of its own says: what is expected there and what came instead. */
export function issueMessage(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `Give ${article(issue.expected)}, not ${described(issue.input)}`;
    case 'invalid_value':
      return `Give ${oneOf(issue.values)}, not ${described(issue.input)}`;
    case 'invalid_union':
      return issue.discriminator !== undefined && issue['options'] !== undefined
        ? `Give ${oneOf(issue['options'] as readonly unknown[])}`
        : 'Fits none of the allowed forms';
    case 'too_big':
      return `Must be at most ${issue.maximum}`;
    case 'too_small':
      return `Must be at least ${issue.minimum}`;
    default:
      return issue.message ?? 'Is not valid';
  }
}

function oneOf(values: readonly unknown[]): string {
  return values.length === 1
    ? String(JSON.stringify(values[0]))
    : `one of ${values.map((value) => JSON.stringify(value)).join(', ')}`;
}

function article(type: string): string {
  const name = type === 'int' ? 'integer' : type === 'record' ? 'object' : type;
  return `${/^[aeio]/.test(name) ? 'an' : 'a'} ${name}`;
}

function described(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return value.length <= 40 ? JSON.stringify(value) : 'a longer text';
  return article(typeof value);
}
