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
  uxflow paths FILE          the ways through a flow
  uxflow layout FILE         place the steps of a flow anew
  uxflow diff BEFORE AFTER   what differs between two flows; exit code 1 when something does
  uxflow merge BASE OURS THEIRS
                             two people's changes of a flow in one; exit code 1 when they conflict
  uxflow export FILE         a flow as a picture, a document, a state machine, tests
  uxflow import FILE         a diagram of another program as a flow

Each FILE is a flow document (.json), a Mermaid flowchart or state diagram (.mmd, .mermaid), BPMN 2.0
(.bpmn), draw.io (.drawio, .xml, .svg with its diagram) or Excalidraw (.excalidraw); - reads standard input. What of
a file could not be carried over is told on stderr.
uxflow COMMAND --help tells more.

Exit codes: 0 done, 1 it failed or the flow has errors, 2 the command line is wrong. Of diff and merge: 0 equal or
without conflicts, 1 different or with conflicts, 2 trouble.
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
  lint: `uxflow lint FILE [--config FILE] [--json]
uxflow lint --rules [--config FILE] [--json]

Checks a flow against the lint rules. Exit code 1 when there are errors; warnings alone are 0.

      --config FILE    which rules are asked and how grave they are:
                       {"rules": {"dead-end": "warning", "self-loop": "off"}}, levels off, error, warning, info
      --rules          list the rules with their severity, what they are about and where they come from
      --json           print {issues, errors, warnings} or {rules}
`,
  paths: `uxflow paths FILE [options]

Lists the ways through a flow: from a start to where they first come to an end. Exit code 1 when there is none.

      --kind KIND      coverage  few ways that take every transition (default)
                       shortest  the one with the fewest transitions
                       all       every way
      --from IDS       begin at these steps, separated by commas, instead of the starts
      --to IDS         be complete at these steps instead of the ends
      --loops N        of all: come back to a step at most N times, 0 to 10, default 1
      --limit N        list at most N, 1 to 10000, default 1000
      --json           print {kind, paths, complete, uncovered, complexity}
`,
  layout: `uxflow layout FILE [options]

Places the steps of a flow in ranks, without overlaps, and frames round them; writes the flow document. Pinned steps
never move.

  -o, --out FILE       write it there instead of to stdout; may be FILE itself
      --direction DIR  where the flow runs to: down (default) or right
      --nodes IDS      move only these steps, separated by commas
`,
  diff: `uxflow diff BEFORE AFTER [options]

Tells what was added (+), removed (-) and changed (~), with the values of each field before and after.
Exit codes: 0 equal, 1 different, 2 trouble (also when a file cannot be read).

      --match BY       how the same record is known in both:
                       ids       by its id; links of Mermaid have none and are told by their ends and text
                       content   by what it says and what it is linked with; ids are then those of BEFORE
                       Default: ids, or content when most steps have ids that the other file does not know
      --ignore FIELDS  do not compare these fields, separated by commas, e.g. position,size; "" compares all.
                       Default: position,size where a file is Mermaid or records are matched by content, else none
      --json           print {equal, name, added, removed, changed}
`,
  merge: `uxflow merge BASE OURS THEIRS [options]

Puts what OURS and THEIRS have changed since BASE into one flow document. Where both changed the same field, one side's
value stands and the conflict is told on stderr; what one side removed and the other changed or uses stays. What the
format of a side cannot hold, such as descriptions in Mermaid, stays as in BASE.
Exit codes: 0 merged, 1 merged with conflicts, 2 trouble (nothing is written).

  -o, --out FILE       write it there instead of to stdout; may be OURS itself
      --prefer SIDE    whose value stands in a conflict: ours (default) or theirs
      --match BY       ids or content, as of diff
      --json           print {document, conflicts} instead of the document
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

Reads a Mermaid (flowchart or state diagram), BPMN 2.0, draw.io or Excalidraw file (or a flow
document, to check it) and writes a flow document. What could not be carried over is told on stderr.

  -o, --out FILE       write it there instead of to stdout
      --name NAME      name of the flow
      --json           print {document, warnings} instead of the document
`,
};
