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
  uxflow export FILE         a flow as a picture, a document, a state machine, tests
  uxflow import FILE         a diagram of another program as a flow

FILE is a flow document (.json), Mermaid (.mmd, .mermaid), BPMN 2.0 (.bpmn), draw.io (.drawio, .xml, .svg with
its diagram) or Excalidraw (.excalidraw); - reads standard input.
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
  export: `uxflow export FILE --format FORMAT [options]

  -f, --format FORMAT  what to write:
                         json           the flow document
                         mermaid        a Mermaid flowchart
                         state-diagram  the same as states
                         bpmn           BPMN 2.0 with its diagram
                         svg, png       a picture
                         markdown       a specification to read
                         xstate         a state machine for XState 5, TypeScript
                         playwright     end-to-end tests that take every transition, TypeScript
                         gherkin        the same as a feature
  -o, --out FILE       write it there instead of to stdout
      --theme THEME    of an svg or png: light (default) or dark
      --scale N        of a png: picture pixels a canvas pixel, 0.1 to 4, default 2
`,
  import: `uxflow import FILE [options]

Reads a Mermaid, BPMN 2.0, draw.io or Excalidraw file (or a flow document, to check it) and writes a flow document.
What could not be carried over is told on stderr.

  -o, --out FILE       write it there instead of to stdout
      --name NAME      name of the flow
      --json           print {document, warnings} instead of the document
`,
};
