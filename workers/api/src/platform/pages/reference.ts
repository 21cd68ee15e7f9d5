import { html } from 'hono/html';
import type { openApiDocument } from '../openapi.ts';
import type { Markup } from './page.ts';
import { inline, prose } from './prose.ts';
import { type JsonSchema, schemaTree } from './schema.ts';

interface Parameter {
  $ref?: string;
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema?: JsonSchema;
}
interface Content {
  [type: string]: { schema?: JsonSchema };
}
interface Operation {
  operationId: string;
  tags: [string];
  summary: string;
  description: string;
  parameters?: Parameter[];
  requestBody?: { content: Content };
  responses: Record<string, { description: string; content?: Content }>;
  security: Record<string, unknown>[];
}
type Types = Record<string, JsonSchema>;
interface Route extends Operation {
  method: string;
  path: string;
}

/** The API reference as one page, made from the OpenAPI document: no script, no other host, so it works offline. */
export function reference(document: ReturnType<typeof openApiDocument>): Markup {
  const routes = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Operation>).map(([method, operation]): Route => ({
      ...operation,
      method,
      path,
    })),
  );
  const tags = [...new Set(routes.map((route) => route.tags[0]))].sort((a, b) => rank(a) - rank(b));
  const groups = tags.map((tag) => ({ tag, list: routes.filter((route) => route.tags[0] === tag) }));
  const types = (document.components?.schemas ?? {}) as Types;
  const schemas = Object.entries(types);
  return html`<div class="reference">
    <nav aria-label="Reference">
      <ul>
        <li><a href="/">UX Flow Engine</a></li>
        <li><a href="/openapi.json">openapi.json</a></li>
      </ul>
      ${groups.map(
        ({ tag, list }) =>
          html`<strong>${tag}</strong>
            <ul>
              ${list.map(({ operationId, summary }) => html`<li><a href="#${operationId}">${summary}</a></li>`)}
            </ul>`,
      )}
      <strong>Types</strong>
      <ul>
        ${schemas.map(([name]) => html`<li><a href="#${name}">${name}</a></li>`)}
      </ul>
    </nav>
    <main>
      <h1>${document.info.title} API</h1>
      ${prose(document.info.description ?? '')}
      ${groups.map(
        ({ tag, list }) =>
          html`<h2>${tag}</h2>
            ${list.map((route) => operationCard(route, types))}`,
      )}
      <h2>Types</h2>
      ${schemas.map(
        ([name, schema]) =>
          html`<section class="op" id="${name}">
            <h3>${name}</h3>
            ${schema.description ? prose(schema.description) : ''}${schemaTree(schema)}
          </section>`,
      )}
    </main>
  </div>`;
}

/** What partners come for first; what only we use, last. */
const ORDER = ['Flows', 'Editing', 'Live', 'Agents', 'Credits', 'Usage', 'Credentials'];

function rank(tag: string): number {
  const at = ORDER.indexOf(tag);
  return at === -1 ? ORDER.length : at;
}

function operationCard(route: Route, types: Types): Markup {
  const { operationId, method, path, summary, description, parameters = [], requestBody, responses } = route;
  const named = parameters.filter(({ $ref }) => $ref === undefined);
  const answers = Object.entries(responses);
  const good = answers.filter(([status]) => Number(status) < 400);
  const bad = answers.filter(([status]) => Number(status) >= 400);
  return html`<section class="op" id="${operationId}">
    <h3>${summary}</h3>
    <div class="line"><span class="method ${method}">${method}</span><code>${path}</code></div>
    ${prose(description)}
    ${
      named.length > 0
        ? html`<h4>Parameters</h4>
            <ul class="fields">
              ${named.map((parameter) => html`<li><code>${parameter.name}</code> <span class="type">${parameter.in}</span>${parameter.required ? html` <span class="need">required</span>` : ''}${parameter.description ? html` ${inline(parameter.description)}` : ''}</li>`)}
            </ul>`
        : ''
    }
    ${
      requestBody
        ? html`<h4>Body</h4>
            ${bodies(requestBody.content, types)}`
        : ''
    }
    ${good.map(
      ([status, { description: said, content }]) =>
        html`<h4>${status}</h4>
          <p>${inline(said)}</p>
          ${content ? bodies(content, types) : ''}`,
    )}
    ${
      bad.length > 0
        ? html`<details>
            <summary>Errors</summary>
            <ul class="fields">
              ${bad.map(([status, { description: said }]) => html`<li><code>${status}</code> ${inline(said)}</li>`)}
            </ul>
          </details>`
        : ''
    }
    <details>
      <summary>curl</summary>
      <pre><code>${curl(route)}</code></pre>
    </details>
  </section>`;
}

/** The fields of each JSON body in place, also when its type has a name. */
function bodies(content: Content, types: Types): Markup {
  return html`${Object.entries(content).map(([type, { schema }]) => {
    if (type !== 'application/json' || !schema) return html`<p class="type">${type}</p>`;
    const name = schema.$ref?.split('/').at(-1);
    const named = name === undefined ? undefined : types[name];
    return named ? html`<a class="type" href="#${name}">${name}</a>${schemaTree(named)}` : schemaTree(schema);
  })}`;
}

function curl({ method, path, security, requestBody }: Route): string {
  const lines = [`curl -X ${method.toUpperCase()} "$BASE_URL${path}"`];
  if (security.length > 0) lines.push('-H "Authorization: Bearer $CREDENTIAL"');
  if (requestBody) lines.push('-H "Content-Type: application/json"', "-d '{…}'");
  return lines.join(' \\\n  ');
}
