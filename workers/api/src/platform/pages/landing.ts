import { html } from 'hono/html';
import type { Markup } from './page.ts';

/** What somebody sees who opens the API in a browser. */
export function landing(build: string): Markup {
  return html`<main class="landing">
    <h1>UX Flow Engine</h1>
    <p class="soft">
      A UX-flow designer with live collaboration and AI agents, to embed in your product. This is its backend:
      flows, rooms, agent runs and credits over one API.
    </p>
    <ul class="cards">
      <li>
        <a href="/docs"
          ><strong>API reference</strong>Every route, its fields, and the errors it may answer.</a
        >
      </li>
      <li>
        <a href="/openapi.json"
          ><strong>OpenAPI 3.1</strong>The same for machines: generate a client, or import it in your
          tools.</a
        >
      </li>
      <li>
        <a href="/healthz"><strong>Health</strong>Is the service up, and which build is it?</a>
      </li>
    </ul>
    <h2>Start</h2>
    <pre><code>curl -X POST "$BASE_URL/v1/flows" \\
  -H "Authorization: Bearer $UXFLOW_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"name": "Sign-up", "mermaid": "flowchart TD\\n A[Sign in] --> B[Home]"}'</code></pre>
    <p class="soft">
      Secret keys stay on your server; it mints a short-lived client token for each of your users’ pages.
    </p>
    <p class="soft">Build <code>${build}</code></p>
  </main>`;
}
