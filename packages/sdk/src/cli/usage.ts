/** The command line cannot be understood: exit code 2. `command` chooses the help that is pointed to. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError';
  readonly command: string | undefined;

  constructor(message: string, command?: string) {
    super(message);
    this.command = command;
  }
}

/** Something outside is not as it should be (a file, a run): exit code 1, the message says it all. */
export class Failure extends Error {
  override readonly name: string = 'Failure';
}

export const HELP = `uxflow: UX flows on the command line

  uxflow generate "prompt"   let an agent draw a flow (needs a backend)
  uxflow lint FILE           check a flow; exit code 1 when it has errors
  uxflow export FILE         a flow as mermaid, svg or json
  uxflow import FILE         a Mermaid flowchart as a flow

FILE is a flow document (.json) or a Mermaid flowchart (.mmd, .mermaid); - reads standard input.
uxflow COMMAND --help tells more.

Exit codes: 0 done, 1 it failed or the flow has errors, 2 the command line is wrong.
`;

export const COMMAND_HELP: Record<string, string> = {
  generate: `uxflow generate "prompt" [options]

Lets an agent draw what the prompt describes. Progress goes to stderr, the flow document to stdout.
The prompt - is read from standard input.

  -o, --out FILE       write the document there instead
      --flow ID        edit this flow instead of making a new one
      --name NAME      name of the new flow
      --agent ID       default: designer
      --model ID       one of the agent's models
      --max-credits N  refuse to spend more than N credits, e.g. 2.5
      --json           print {run, flow} instead of the document

Environment: UXFLOW_API_KEY (required), UXFLOW_BASE_URL (default http://127.0.0.1:8787).
Ctrl-C cancels the run.
`,
  lint: `uxflow lint FILE [--json]

Checks a flow against the lint rules. Exit code 1 when there are errors; warnings alone are 0.

      --json           print {issues, errors, warnings}
`,
  export: `uxflow export FILE --format mermaid|svg|json [options]

  -f, --format FORMAT  what to write
  -o, --out FILE       write it there instead of to stdout
      --theme THEME    of an svg: light (default) or dark
`,
  import: `uxflow import FILE [options]

Reads a Mermaid flowchart (or a flow document, to check it) and writes a flow document.
What could not be carried over is told on stderr.

  -o, --out FILE       write it there instead of to stdout
      --name NAME      name of the flow
      --json           print {document, warnings} instead of the document
`,
};
