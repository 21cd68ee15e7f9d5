import { FlowError } from '../../document/errors.ts';
import { LIMITS } from '../../document/limits.ts';
import { EDGE_TRIGGERS, NODE_TYPES, type EdgeTrigger } from '../../document/types.ts';
import { TRIGGER_COMMENT, TYPE_CLASS } from '../mermaid/chart.ts';
import { Cursor } from '../mermaid/cursor.ts';
import { readQuoted } from '../mermaid/shapes.ts';
import { skipStatement } from '../mermaid/skipped.ts';
import { readSource, type Source } from '../mermaid/source.ts';
import { RECORD_COMMENT, type State, type StateChart, type StateKind } from './chart.ts';
import { readNote } from './notes.ts';
import { Scopes } from './scopes.ts';

const HEADER = /stateDiagram(?:-v2)?(?![\w-])/iy;
const BLANK = /[\s;]+/y;
const REST_OF_LINE = /[^\n]+/y;
const WORD =
  /(?:(?:classDef|class|style|click|scale|direction|note|state)(?=\s)|hide empty description|accTitle(?=\s*:)|accDescr(?=\s*[:{]))/iy;
const DIRECTION = /(?:TB|TD|BT|LR|RL)/iy;
const ID = /(?:[^:;\n\s\-{}"%]|%(?!%))+/y;
const NAME = /(?:[^\n\s{:]|:::)+/y;
const ALIAS = /\s+as\s+/iy;
const ALIASED = /[^\n{:]+/y;
const KIND = /(?:<<|\[\[)(?:fork|join|choice)(?:>>|\]\])/iy;
const NAMES = /[\w,]+(?:\s*,\s*\w+)*/y;
/** To the end of the line or the next statement; the semicolon of an entity such as `#35;` ends nothing. */
const DESCRIPTION = /:(?:[^\n;#&]|[#&]#?(?:\w{1,12};)?)*/y;
const CLASS = /:::[\w-]+/y;

/** @throws FlowError `invalid_request` at `line N`, or `limit_exceeded`. */
export function parseStates(source: string): StateChart {
  return new Parser(readSource(source)).parse();
}

class Parser {
  readonly #cursor: Cursor;
  readonly #chart: StateChart;
  readonly #scopes: Scopes;
  /** Last first, so that the next one is taken from the end. */
  readonly #comments: Source['comments'];
  #trigger: EdgeTrigger | undefined;
  #records: RecordComment[] = [];

  constructor({ text, title, comments }: Source) {
    this.#cursor = new Cursor(text);
    this.#chart = {
      direction: 'TB',
      states: new Map(),
      transitions: [],
      notes: [],
      warnings: [],
      ...(title === undefined ? {} : { title }),
    };
    this.#scopes = new Scopes(this.#chart);
    this.#comments = comments
      .filter(
        ({ text: comment }) => comment.startsWith(TRIGGER_COMMENT) || comment.startsWith(RECORD_COMMENT),
      )
      .reverse();
  }

  parse(): StateChart {
    const cursor = this.#cursor;
    this.#blank();
    if (cursor.match(HEADER) === '')
      throw cursor.fail('expected "stateDiagram-v2" first; other Mermaid diagrams are read elsewhere');
    for (this.#blank(); !cursor.done; this.#blank()) {
      this.#readComments();
      this.#statement();
    }
    const open = this.#scopes.innermost;
    if (open) throw cursor.fail(`the state "${open.key}" is not closed: add "}"`, open.line);
    return this.#chart;
  }

  /** Moves over line ends, semicolons and comments. */
  #blank(): void {
    const cursor = this.#cursor;
    for (cursor.match(BLANK); cursor.sees('%%') || cursor.sees('#'); cursor.match(BLANK))
      cursor.match(REST_OF_LINE);
  }

  /** What `toStateDiagram` wrote in front of this statement. */
  #readComments(): void {
    this.#trigger = undefined;
    this.#records = [];
    const { position } = this.#cursor;
    for (let next = this.#comments.at(-1); next && next.position < position; next = this.#comments.at(-1)) {
      this.#comments.pop();
      const name = next.text.slice(TRIGGER_COMMENT.length).trim();
      if (next.text.startsWith(RECORD_COMMENT))
        this.#records.push(...recordsIn(next.text.slice(RECORD_COMMENT.length)));
      else this.#trigger = EDGE_TRIGGERS.find((trigger) => trigger === name);
    }
  }

  #statement(): void {
    const cursor = this.#cursor;
    const line = cursor.line;
    if (cursor.take('}')) {
      if (this.#scopes.outside) throw cursor.fail('"}" without a state that is open: remove it');
      return this.#scopes.close();
    }
    if (cursor.sees('--') && !cursor.sees('-->') && !this.#scopes.outside) {
      cursor.match(/-+/y);
      return this.#scopes.divide(line);
    }
    const word = cursor.match(WORD).toLowerCase();
    if (word === '') return this.#transition(line);
    cursor.spaces();
    if (word === 'state') return this.#state(line);
    if (word === 'note') return this.#note(line);
    if (word === 'direction') return this.#direction();
    if (word === 'class') return this.#classes();
    if (word === 'acctitle' || word === 'accdescr') {
      skipStatement(cursor, word === 'acctitle' ? 'accTitle' : 'accDescr');
      return undefined;
    }
    cursor.match(REST_OF_LINE); // how it looks, or what a click does
    return undefined;
  }

  #direction(): void {
    const cursor = this.#cursor;
    const word = cursor.match(DIRECTION).toUpperCase();
    if (word === '') throw cursor.fail('expected a direction: use TB, BT, LR or RL');
    cursor.match(REST_OF_LINE);
    if (this.#scopes.outside) this.#chart.direction = word === 'LR' || word === 'RL' ? 'LR' : 'TB';
  }

  /** `class a,b ux_screen`: only classes that name a node type mean something here. */
  #classes(): void {
    const cursor = this.#cursor;
    const names = cursor.match(NAMES).split(',');
    const type = typeOfClass(cursor.match(REST_OF_LINE).trim());
    for (const name of names) {
      const state = this.#chart.states.get(name.trim());
      if (state && type) state.type = type;
    }
  }

  /** `state "Text" as id {`, `state id {`, `state id <<choice>>`. */
  #state(line: number): void {
    const cursor = this.#cursor;
    let text: string | undefined;
    let key = '';
    if (cursor.peek() === '"') {
      text = readQuoted(cursor);
      if (cursor.match(ALIAS) === '') throw cursor.fail('expected: state "Text" as id', line);
      key = cursor.match(ALIASED).trim();
    } else {
      key = cursor.match(NAME);
    }
    if (key === '') throw cursor.fail(`expected a state, found ${cursor.excerpt}`);
    const glued = /^(.*?)(:::[\w-]+)?((?:<<|\[\[)(?:fork|join|choice)(?:>>|\]\]))?$/iu.exec(key);
    key = glued?.[1] ?? key;
    cursor.spaces();
    const kind = (glued?.[3] ?? cursor.match(KIND)).slice(2, -2).toLowerCase();
    const state = this.#mention(key, line);
    if (glued?.[2] !== undefined) state.type = typeOfClass(glued[2].slice(3)) ?? 'screen';
    if (kind !== '') state.kind = kind as StateKind;
    if (text !== undefined) state.texts.push(text);
    this.#described(state);
    const from = cursor.position;
    cursor.white();
    if (cursor.take('{')) this.#scopes.open(state);
    else cursor.position = from;
  }

  #note(line: number): void {
    const note = readNote(this.#cursor, line);
    if (note.state !== undefined) this.#mention(note.state, line);
    this.#count('nodes', this.#chart.notes.length, line);
    const id = this.#records.find(({ kind }) => kind === 'note')?.id;
    this.#chart.notes.push({ ...note, ...(id === undefined ? {} : { id }) });
  }

  /** `A`, `A : text`, `A --> B`, `A --> B : label`; `[*]` is the start on the left and the end on the right. */
  #transition(line: number): void {
    const cursor = this.#cursor;
    const source = this.#end('start', line);
    cursor.spaces();
    if (!cursor.take('-->')) {
      this.#described(source);
      cursor.spaces();
      if (cursor.take('{')) return this.#scopes.open(source);
      if (cursor.peek() === '-') throw cursor.fail(`expected "-->", found ${cursor.excerpt}`);
      return undefined;
    }
    cursor.spaces();
    const target = this.#end('end', line);
    const label = this.#description();
    this.#count('edges', this.#chart.transitions.length, line);
    const trigger = this.#trigger;
    this.#chart.transitions.push({
      source: source.key,
      target: target.key,
      label,
      line,
      ...(trigger ? { trigger } : {}),
    });
    return undefined;
  }

  #end(star: 'start' | 'end', line: number): State {
    const cursor = this.#cursor;
    let state: State;
    if (cursor.take('[*]')) {
      state = this.#mention(this.#scopes.starKey(star, line), line);
      state.kind = star;
      const record = this.#records.find(({ kind }) => kind === star);
      if (record) Object.assign(state, { id: record.id, name: record.title });
    } else {
      const key = cursor.match(ID);
      if (key === '') throw cursor.fail(`expected a state, found ${cursor.excerpt}`);
      state = this.#mention(key, line);
    }
    const type = typeOfClass(cursor.match(CLASS).slice(3));
    if (type) state.type = type;
    return state;
  }

  #described(state: State): void {
    const text = this.#description();
    if (text !== '') state.texts.push(text);
  }

  #description(): string {
    const cursor = this.#cursor;
    cursor.spaces();
    const type = cursor.sees(':::') ? '' : cursor.match(DESCRIPTION);
    return type.slice(1).trim();
  }

  #mention(key: string, line: number): State {
    let state = this.#chart.states.get(key);
    if (!state) {
      this.#count('nodes', this.#chart.states.size, line);
      state = { key, kind: 'state', texts: [], composite: false, line };
      this.#chart.states.set(key, state);
    }
    this.#scopes.place(state, line);
    return state;
  }

  #count(kind: 'nodes' | 'edges', count: number, line: number): void {
    if (count < LIMITS[kind]) return;
    throw new FlowError('limit_exceeded', [
      { path: `line ${line}`, message: `at most ${LIMITS[kind]} ${kind} fit into one flow: split it` },
    ]);
  }
}

function typeOfClass(name: string): State['type'] {
  return NODE_TYPES.find((type) => `${TYPE_CLASS}${type}` === name);
}

interface RecordComment {
  kind: string;
  id: string;
  title: string;
}

/** What stands in a comment is only believed where it has the shape that `toStateDiagram` writes. */
function recordsIn(text: string): RecordComment[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return []; // somebody's own comment
  }
  const [kind, id, title] = Array.isArray(value) ? (value as unknown[]) : [];
  return typeof kind === 'string' && typeof id === 'string' && typeof title === 'string'
    ? [{ kind, id, title }]
    : [];
}
