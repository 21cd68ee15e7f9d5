import { html } from 'hono/html';
import type { Markup } from './page.ts';
import { prose } from './prose.ts';

/** The parts of JSON Schema that our schemas use. */
export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  additionalProperties?: boolean | JsonSchema;
  enum?: (string | number)[];
  const?: string | number | boolean;
  oneOf?: JsonSchema[];
  anyOf?: JsonSchema[];
  allOf?: JsonSchema[];
  default?: unknown;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
  format?: string;
}

/** A schema as a nested list of its fields; what it refers to is linked, not repeated. */
export function schemaTree(schema: JsonSchema): Markup {
  const target = fieldsHolder(schema);
  if (!target?.properties)
    return html`<p class="type">${typeName(schema)}</p>
      ${variants(schema)}`;
  const required = new Set(target.required);
  const bases = (schema.allOf ?? []).filter(({ $ref }) => $ref !== undefined);
  return html`<ul class="fields">
    ${bases.map((base) => html`<li>all fields of ${typeName(base)}, and</li>`)}${Object.entries(
      target.properties,
    ).map(
      ([name, field]) =>
        html`<li>
          <code>${name}</code>
          <span class="type">${typeName(field)}${limits(field)}</span
          >${required.has(name) ? html` <span class="need">required</span>` : ''}
          ${field.description ? html`<div>${prose(field.description)}</div>` : ''}${nested(field)}
        </li>`,
    )}
  </ul>`;
}

function nested(field: JsonSchema): Markup | string {
  const target = fieldsHolder(field);
  return target?.properties
    ? html`<details>
        <summary>fields</summary>
        ${schemaTree(target)}
      </details>`
    : variants(field);
}

function variants(schema: JsonSchema): Markup | string {
  const list = (schema.oneOf ?? schema.anyOf ?? []).filter(
    (variant) => fieldsHolder(variant)?.properties ?? variant.oneOf,
  );
  if (list.length === 0) return '';
  return html`<details>
    <summary>one of ${list.length} shapes</summary>
    ${list.map((variant) => schemaTree(variant))}
  </details>`;
}

/** Where the fields of an object, of a list's items or of a map's values stand; never behind a `$ref`. */
function fieldsHolder(schema: JsonSchema): JsonSchema | undefined {
  if (schema.properties) return schema;
  if (schema.items) return fieldsHolder(schema.items);
  if (schema.allOf) {
    return {
      properties: Object.fromEntries(schema.allOf.flatMap((part) => Object.entries(part.properties ?? {}))),
      required: schema.allOf.flatMap((part) => part.required ?? []),
    };
  }
  return typeof schema.additionalProperties === 'object'
    ? fieldsHolder(schema.additionalProperties)
    : undefined;
}

function typeName(schema: JsonSchema): Markup {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    return html`<a href="#${name}">${name}</a>`;
  }
  if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`;
  if (schema.enum)
    return html`${schema.enum.map((value, at) => html`${at > 0 ? ' | ' : ''}<code>${value}</code>`)}`;
  if (schema.items) return html`list of ${typeName(schema.items)}`;
  const reference = schema.allOf?.find(({ $ref }) => $ref !== undefined);
  if (reference) return typeName(reference);
  const union = schema.oneOf ?? schema.anyOf;
  if (union) return html`${union.map((variant, at) => html`${at > 0 ? ' | ' : ''}${typeName(variant)}`)}`;
  if (typeof schema.additionalProperties === 'object' && !schema.properties) {
    return html`map of ${typeName(schema.additionalProperties)}`;
  }
  return html`${[schema.type ?? 'any'].flat().join(' | ')}`;
}

function limits({
  minimum,
  maximum,
  minLength,
  maxLength,
  maxItems,
  format,
  default: preset,
}: JsonSchema): string {
  const said: string[] = [];
  if (format !== undefined) said.push(format);
  if (minimum !== undefined) said.push(`≥ ${minimum}`);
  if (maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER) said.push(`≤ ${maximum}`);
  if (minLength !== undefined && minLength > 1) said.push(`at least ${minLength} characters`);
  if (maxLength !== undefined) said.push(`at most ${maxLength} characters`);
  if (maxItems !== undefined) said.push(`at most ${maxItems}`);
  if (preset !== undefined) said.push(`default ${JSON.stringify(preset)}`);
  return said.length > 0 ? `, ${said.join(', ')}` : '';
}
