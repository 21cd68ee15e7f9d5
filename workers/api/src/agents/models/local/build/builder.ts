import { coverage, likeness } from '../meaning/likeness.ts';
import { contentStems } from '../meaning/likeness.ts';
import type { Condition, Lexicon, Statement, StepDraft } from '../meaning/statement.ts';
import { DraftGraph, type DraftNode, type End } from './graph.ts';

interface Decision {
  node: number;
  condition: Condition;
  /** The end that the text has not spoken of. */
  other: End;
  taken: End;
  bodyEnds: End[];
  bodyNodes: number[];
  item: number;
  sentence: number;
}
interface Choice {
  node: number;
  listed: boolean;
  cases: ChoiceCase[];
}
/** `own`: the node that stands for a case only because nothing else is known of it. */
interface ChoiceCase {
  label: string;
  stems: string[];
  ends: End[];
  own?: number;
}
interface When {
  condition: Condition;
  first: number;
  at: number;
}

const COMPARATIVE =
  'higher lower larger smaller bigger greater more less longer shorter older younger höher niedriger größer kleiner mehr weniger länger kürzer älter jünger darüber darunter'.split(
    ' ',
  );

const ENTERS =
  /^(?:enter|type|fill|provide|submit|upload|eingeben|angeben|eintragen|ausfüllen|hochladen|einreichen|scannen|scan|set|festlegen|setzen)$/;

const REFUSES = /^(?:decline|refuse|reject|deny|object|disagree|ablehnen|verweigern|widersprechen)$/;

/** Draws statements in the order of the text; `open` holds the edges that wait for the next step. */
export class Builder {
  readonly graph = new DraftGraph();
  private readonly lexicon: Lexicon;
  private open: End[];
  private readonly start: DraftNode;
  readonly end: DraftNode;
  private decisions: Decision[] = [];
  private choices: Choice[] = [];
  private lastStep: DraftNode | null = null;
  private when: When | null = null;
  private forward: { ends: End[]; stems: string[]; words: string; number?: string }[] = [];
  private items = new Map<string, number>();
  private item = 0;
  private sentence = 0;
  private pendingNumber: string | null = null;
  private asked: { condition: Condition; sentence: number } | null = null;
  private depth = 0;
  /** The branch that ended only because nothing more was said of it. */
  private impliedEnd: { ends: End[]; decision: Decision } | null = null;

  constructor(lexicon: Lexicon) {
    this.lexicon = lexicon;
    this.start = this.graph.add('start', 'Start', []);
    this.end = this.graph.add('end', 'End', []);
    this.open = [{ from: this.start.id }];
  }

  beginItem(number: string | undefined): void {
    this.item++;
    this.pendingNumber = number ?? null;
  }

  /** What the branch drawn last left open. */
  private lastBody: End[] = [];

  /** Further sentences of a list item that began with a condition belong to its branch. */
  runInside(statements: readonly Statement[]): void {
    const decision = this.decisions.at(-1);
    const inside = this.open.filter((end) => this.lastBody.includes(end));
    const first = statements[0]?.kind;
    if (
      inside.length === 0 ||
      first === 'else' ||
      first === 'limit' ||
      first === 'move' ||
      statements.some(
        (statement) => statement.kind === 'else' || (statement.kind === 'if' && statement.condition.elliptic),
      )
    )
      return this.run(statements);
    const parked = this.open.filter((end) => !inside.includes(end));
    this.open = inside;
    this.depth++;
    this.run(statements);
    this.depth--;
    if (decision?.item === this.item) decision.bodyEnds = [...this.open];
    this.lastBody = [...this.open];
    this.open = [...parked, ...this.open];
  }

  private frames: End[][] = [];

  /** What is listed under an item belongs to the branch that the item opened. */
  enterItem(): void {
    const inside = this.open.filter((end) => this.lastBody.includes(end));
    const scope = inside.length > 0 ? inside : this.open;
    this.frames.push(this.open.filter((end) => !scope.includes(end)));
    this.open = scope;
    this.depth++;
  }

  leaveItem(): void {
    this.lastBody = [...this.open];
    this.open = [...(this.frames.pop() ?? []), ...this.open];
    this.depth--;
  }

  run(statements: readonly Statement[]): void {
    if (this.depth === 0) this.sentence++;
    for (const statement of statements) this.one(statement);
  }

  /** The last question of the text, which a following "if so" may answer. */
  private get ask(): Condition | null {
    return this.asked !== null && this.sentence - this.asked.sentence <= 1 ? this.asked.condition : null;
  }

  private set ask(condition: Condition | null) {
    this.asked = condition === null ? null : { condition, sentence: this.sentence };
  }

  private one(statement: Statement): void {
    if (this.depth === 0 && statement.kind !== 'case') this.settleAdHoc();
    switch (statement.kind) {
      case 'step':
        return this.step(statement.draft);
      case 'end':
        return this.close(this.end.id, false);
      case 'resume':
        return;
      case 'goto':
        return this.goto(statement);
      case 'if':
        return this.branch(statement.condition, statement.body, statement.nested ?? false);
      case 'else':
        return this.otherwise(statement.body);
      case 'limit':
        return this.limit(statement);
      case 'choice':
        return this.choose(statement);
      case 'case':
        return this.oneCase(statement);
      case 'latter':
        return this.latter(statement);
      case 'move':
        return this.move(statement.after);
      case 'ask':
        this.ask = statement.condition;
    }
  }

  private close(target: number, implied: boolean): void {
    this.graph.connect(this.open, target, implied);
    this.open = [];
  }

  private touch(node: DraftNode): void {
    if (this.pendingNumber !== null) {
      const number = this.pendingNumber;
      for (const { ends } of this.forward.filter((jump) => jump.number === number))
        this.graph.connect(ends, node.id);
      this.forward = this.forward.filter((jump) => jump.number !== number);
      this.items.set(number, node.id);
      this.pendingNumber = null;
    }
  }

  /** A text that goes on after everything was closed: the last end was not meant for the main line. */
  private reopen(): void {
    if (this.open.length > 0 || this.depth > 0) return;
    const last =
      this.graph.edges.findLast((edge) => edge.implied === true && edge.to === this.end.id) ??
      this.graph.edges.findLast(
        (edge) => edge.to === this.end.id && this.graph.node(edge.from).type !== 'decision',
      ) ??
      this.graph.edges.at(-1);
    if (!last) return;
    if (
      last.to !== this.end.id &&
      this.graph.node(last.from).type !== 'decision' &&
      this.graph.into(last.to).length === 1
    ) {
      this.open = [{ from: last.to }];
      return;
    }
    this.graph.remove([last]);
    this.open = [{ from: last.from, ...(last.label !== undefined && { label: last.label }) }];
  }

  private step(draft: StepDraft): void {
    const { graph } = this;
    const asked = this.lastStep?.step?.asked ? this.lastStep : null;
    if (
      asked?.step &&
      draft.person &&
      (draft.pronounObject || likeness(draft.object, asked.step.object) >= 0.6) &&
      this.open.some(({ from }) => from === asked.id)
    ) {
      if (!draft.pronounObject) {
        asked.title = draft.title;
        asked.stems = contentStems(draft.title);
      } else if (draft.verb !== '') this.renameAsked(asked, draft);
      asked.step = { ...draft, object: asked.step.object, asked: false, pronounObject: false };
      return;
    }
    const stems = contentStems(draft.title);
    if (draft.onlyNew && graph.nodes.some((node) => node.step !== null && coverage(stems, node.stems) >= 0.8))
      return;
    if (draft.again || (draft.renewed && draft.person)) {
      const target = this.repeated(draft, stems);
      if (target) return this.close(target.guard ?? target.id, false);
      if (draft.again && draft.person && draft.object.length === 0 && this.depth > 0)
        return this.goto({ words: '', stems: [], forward: false, again: true });
    }
    this.resumeImplied(draft);
    this.reopen();
    const twin = graph.nodes.find(
      (node) =>
        node.step !== null &&
        node.title.toLowerCase() === draft.title.toLowerCase() &&
        graph.outOf(node.id).length === 0,
    );
    if (twin && !draft.parallel && this.lastStep !== twin) {
      graph.connect(
        this.open.filter(({ from }) => from !== twin.id),
        twin.id,
      );
      this.open = this.open.filter(({ from }) => from === twin.id);
      if (this.open.length === 0 && this.depth === 0) this.open = [{ from: twin.id }];
      this.lastStep = twin;
      return;
    }
    const node = graph.add(draft.type, draft.title, stems, draft);
    this.touch(node);
    const beside = this.lastStep;
    if (
      draft.parallel &&
      beside &&
      beside.type !== 'decision' &&
      this.open.some(({ from }) => from === beside.id)
    ) {
      for (const edge of graph.into(beside.id)) {
        if (!this.graph.before(edge.from).has(node.id))
          graph.connect(
            [{ from: edge.from, ...(edge.label !== undefined && { label: edge.label }) }],
            node.id,
          );
      }
      this.open.push({ from: node.id });
    } else {
      graph.connect(this.open, node.id);
      this.open = [{ from: node.id }];
    }
    this.attachForward(node);
    this.lastStep = node;
    if (draft.direct && draft.type === 'screen' && this.depth > 0) this.open = [];
  }

  private renameAsked(asked: DraftNode, draft: StepDraft): void {
    const noun = asked.title.split(' ');
    const { language } = this.lexicon;
    const verb = draft.verb;
    asked.title =
      language === 'en'
        ? [verb.charAt(0).toUpperCase() + verb.slice(1), ...noun.slice(1)].join(' ')
        : [...noun.slice(0, -1), verb].join(' ');
    asked.stems = contentStems(asked.title);
  }

  private attachForward(node: DraftNode): void {
    this.forward = this.forward.filter(({ ends, stems, number: itemNumber }) => {
      if (itemNumber !== undefined) return true;
      if (likeness(stems, node.stems) < 0.6 && coverage(stems, node.stems) < 0.8) return true;
      this.graph.connect(ends, node.id);
      return false;
    });
  }

  /** "Then she can …" right after a branch that seemed to end goes on with that branch. */
  private resumeImplied(draft: StepDraft): void {
    if (!this.impliedEnd || !draft.inBranch) return;
    const { ends, decision } = this.impliedEnd;
    for (const end of ends) {
      const edge = this.graph.edges.find(
        (candidate) =>
          candidate.from === end.from && candidate.label === end.label && candidate.to === this.end.id,
      );
      if (edge) this.graph.remove([edge]);
    }
    void decision;
    this.open = [...ends];
    this.impliedEnd = null;
  }

  /** The earlier step that this one does anew. */
  private repeated(draft: StepDraft, stems: readonly string[]): DraftNode | null {
    let best: DraftNode | null = null;
    let most = 0.55;
    for (const node of this.graph.nodes) {
      if (!node.step || this.open.every(({ from }) => from === node.id)) continue;
      const same = draft.verb !== '' && node.step.verb === draft.verb ? 0.25 : 0;
      const object = draft.pronounObject ? 0.5 : likeness(draft.object, node.step.object);
      const value = Math.max(
        likeness(stems, node.stems),
        object * 0.8 + same - (draft.object.length === 0 ? 0.3 : 0),
        same > 0 && coverage(node.step.object, draft.object) >= 0.5 ? 0.7 : 0,
        draft.again && same > 0 ? 0.56 : 0,
        draft.again
          ? coverage(draft.object.length > 0 ? draft.object : draft.verb === '' ? stems : [], node.stems) *
              0.75 +
              same / 2
          : 0,
      );
      const kin = same > 0 || this.lexicon.choose.has(node.step.verb) || ENTERS.test(node.step.verb);
      if (!draft.again && !(same > 0 || (node.step.person && kin))) continue;
      // "lives up again": a thing does not repeat what somebody did to it.
      if (draft.keepsSubject && same === 0) continue;
      if (value >= most) {
        best = node;
        most = value;
      }
    }
    return best;
  }

  private goto(jump: {
    words: string;
    stems: string[];
    number?: string;
    forward: boolean;
    again: boolean;
    fallback?: StepDraft;
  }): void {
    if (this.open.length === 0) return;
    const target = this.resolve(jump);
    const can = this.lastStep;
    if (
      target &&
      this.depth === 0 &&
      can?.step?.can &&
      this.open.length === 1 &&
      this.open[0]?.from === can.id &&
      target !== can
    ) {
      // "They can add another one, then back to …": some do not.
      this.graph.connect(this.open, target.guard ?? target.id);
      this.open = [];
      const title = `${can.title.slice(0, 58)}?`;
      const decision = this.graph.add('decision', title, can.stems);
      this.graph.redirect(can.id, decision.id);
      this.graph.connect([{ from: decision.id, label: this.lexicon.yes }], can.id);
      can.guard = decision.id;
      this.open = [{ from: decision.id, label: this.lexicon.no }];
      return;
    }
    if (target) {
      this.close(target.guard ?? target.id, false);
      return;
    }
    if (jump.number !== undefined && jump.number !== 'first' && this.pendingNumber !== jump.number) {
      this.forward.push({ ends: this.open, stems: [], words: '', number: jump.number });
      this.open = [];
      return;
    }
    if (jump.words !== '' && (jump.forward || jump.stems.length > 0)) {
      if (jump.forward) {
        this.forward.push({ ends: this.open, stems: jump.stems, words: jump.words });
        this.open = [];
        return;
      }
      if (jump.fallback) return this.step(jump.fallback);
      const title = jump.words.charAt(0).toUpperCase() + jump.words.slice(1);
      const node = this.graph.add('screen', title.slice(0, 60), jump.stems);
      this.close(node.id, false);
      this.open = [{ from: node.id }];
      this.lastStep = node;
      return;
    }
  }

  /** Choices whose cases are being drawn: nothing leads back to them from within. */
  private drawing = new Set<number>();

  private resolve(jump: { words: string; stems: readonly string[]; number?: string }): DraftNode | null {
    const { graph } = this;
    if (jump.number === 'first')
      return graph.nodes.find((node) => node.type !== 'start' && node.type !== 'end') ?? null;
    if (jump.number !== undefined) {
      const id = this.items.get(jump.number);
      return id === undefined ? null : graph.node(id);
    }
    if (jump.words === '') return this.asking();
    let best: DraftNode | null = null;
    let most = 0.5;
    for (const node of graph.nodes) {
      if (node.type === 'start' || node.type === 'end' || this.drawing.has(node.id)) continue;
      if (node.type === 'decision' && !this.choices.some((choice) => choice.node === node.id)) continue;
      const value = Math.max(likeness(jump.stems, node.stems), coverage(jump.stems, node.stems) * 0.9);
      if (value >= most) {
        best = node;
        most = value;
      }
    }
    return best;
  }

  /** The step that asked for what was refused. */
  private asking(topic: readonly string[] = []): DraftNode | null {
    const from = this.open[0]?.from;
    const decision = this.decisions.at(-1);
    const words = topic.length > 0 ? topic : (decision?.condition.stems ?? []);
    const ancestors = from === undefined ? null : this.graph.before(from);
    const candidates = this.graph.nodes.filter(
      (node) =>
        node.step !== null &&
        (ancestors?.has(node.id) ?? true) &&
        !(decision?.bodyNodes.includes(node.id) ?? false) &&
        (decision === undefined || node.id < decision.node || this.graph.before(decision.node).has(node.id)),
    );
    let best: DraftNode | null = null;
    let most = 0.34;
    for (const node of candidates) {
      if (node.type === 'system' && coverage(contentStems(node.step?.verb ?? ''), words) < 0.8) continue;
      const value = coverage(words, node.stems);
      if (value >= most) {
        best = node;
        most = value;
      }
    }
    return best ?? candidates.findLast((node) => node.type === 'action') ?? candidates.at(-1) ?? null;
  }

  private labels(positive: boolean): [string, string] {
    return positive ? [this.lexicon.yes, this.lexicon.no] : [this.lexicon.no, this.lexicon.yes];
  }

  private branch(condition: Condition, body: readonly Statement[], nested = false): void {
    if (condition.source === 'when') return this.whenever(condition, body);
    // "Whoever wants to open an account …" ahead of everything says whom the flow is for.
    if (condition.wish && this.graph.nodes.length === 2) return this.run(body);
    const asked = this.ask;
    const found = this.known(condition) ?? this.opposite(condition);
    if (found) {
      this.ask = null;
      return this.alongside(found.decision, found.same, body, condition);
    }
    let effective = condition;
    if (asked && (condition.elliptic || likeness(asked.stems, condition.stems) >= 0.5)) {
      const negative = condition.elliptic ? condition.negated : !condition.positive;
      effective = condition.elliptic
        ? {
            ...asked,
            positive: negative ? !asked.positive : asked.positive,
            failure: negative ? asked.outcome === 'good' : asked.outcome === 'bad',
            source: 'if',
          }
        : {
            ...condition,
            title: condition.stems.length > asked.stems.length ? condition.title : asked.title,
            stems: asked.stems,
          };
      this.ask = null;
    } else if (asked && condition.source !== 'if') this.ask = null;
    const free = this.choices.at(-1);
    if (free && !free.listed && effective.source === 'phrase') {
      const label = condition.title.replace(/\?$/, '').toLowerCase();
      const end: End = { from: free.node, label };
      this.open = [
        ...this.open.filter((other) => !(other.from === free.node && other.label === undefined)),
        end,
      ];
      const current = { label, stems: condition.stems, ends: [end] };
      free.cases.push(current);
      return this.inCase(current, body);
    }
    const turned = effective.source === 'phrase' ? this.chosenStep(effective.stems) : null;
    if (turned) this.asChoice(turned);
    const chosen =
      this.caseOf(effective.stems, effective.state || effective.failure ? [] : effective.subject) ??
      (effective.source === 'if' && effective.core.length > 0 ? this.caseOf(effective.core, []) : null);
    if (chosen) return this.inCase(chosen, body);
    if (effective.wish && effective.elliptic) {
      const offered = this.lastStep;
      if (offered?.step?.asks) effective = { ...effective, title: titleOfBody(body) ?? effective.title };
      else effective = { ...effective, title: titleOfBody(body) ?? effective.title };
    }
    this.dropOffer(effective);
    const guarded = this.replaced(effective, body) ?? this.guards(effective);
    if (guarded) {
      const before = new Set(this.open);
      this.insertBefore(guarded, effective, body);
      if (body[0]?.kind === 'step' && body[0].draft.ahead === 'before') {
        this.graph.connect(
          this.open.filter((end) => !before.has(end)),
          guarded.id,
        );
        this.open = this.open.filter((end) => before.has(end));
      }
      return;
    }
    this.reopen();
    this.decide(effective, body, this.scopeOf(effective, nested));
  }

  /** A step that only asked, offered or checked gives way to the decision about it. */
  private dropOffer(condition: Condition): void {
    const last = this.lastStep;
    if (!last?.step?.asks || !this.open.every(({ from }) => from === last.id) || this.open.length === 0)
      return;
    const offers = this.lexicon.offer.has(last.step.verb);
    const takes =
      /^(?:accept|take|want|agree|decline|refuse|reject|annehmen|akzeptieren|zustimmen|nutzen|ablehnen|wollen)$/.test(
        condition.verb,
      );
    const about =
      condition.wish ||
      (offers
        ? takes
        : likeness(condition.stems, last.stems) >= 0.4 || coverage(condition.subject, last.stems) > 0.6);
    if (!about || last !== this.graph.nodes.at(-1)) return;
    this.open = this.graph
      .into(last.id)
      .map(({ from, label }) => ({ from, ...(label !== undefined && { label }) }));
    this.graph.isolate(last.id);
    this.graph.nodes.pop();
    this.lastStep = this.graph.nodes.findLast((node) => node.step !== null) ?? null;
  }

  /** Ends from which a decision is reached: those of the last branch alone if it speaks of that branch's matter. */
  private scopeOf(condition: Condition, nested: boolean): { inside: End[]; outside: End[] } {
    const last = this.decisions.at(-1);
    const all = this.open;
    const recent = this.caseScope;
    if (
      recent &&
      condition.pronoun &&
      recent.sentence >= this.sentence - 1 &&
      this.lastStep !== null &&
      recent.ends.some((end) => all.includes(end) && end.from === this.lastStep?.id)
    ) {
      return {
        inside: all.filter((end) => recent.ends.includes(end)),
        outside: all.filter((end) => !recent.ends.includes(end)),
      };
    }
    if (nested && last && last.bodyEnds.some((end) => all.includes(end))) {
      return {
        inside: all.filter((end) => last.bodyEnds.includes(end)),
        outside: all.filter((end) => !last.bodyEnds.includes(end)),
      };
    }
    if (
      last &&
      last.bodyEnds.length > 0 &&
      last.bodyEnds.some((end) => all.includes(end)) &&
      all.includes(last.other)
    ) {
      const about = (topic: readonly string[]): boolean => {
        if (topic.length === 0) return false;
        const inBody = Math.max(0, ...last.bodyNodes.map((id) => coverage(topic, this.graph.node(id).stems)));
        const earlier = Math.max(
          0,
          ...this.graph.nodes
            .filter((node) => node.id < last.node && node.type !== 'start')
            .map((node) => coverage(topic, node.stems)),
        );
        return inBody >= 0.6 && earlier < inBody;
      };
      const object = condition.core.filter((word) => word !== contentStems(condition.verb)[0]);
      if (about(condition.subject.length > 0 ? condition.subject : condition.stems) || about(object)) {
        const within = this.onlyWhere(
          [condition.subject.length > 0 ? condition.subject : condition.stems, object],
          all.filter((end) => last.bodyEnds.includes(end)),
        );
        return { inside: within.inside, outside: all.filter((end) => !within.inside.includes(end)) };
      }
      // "If A … If B … Otherwise …": two values of one thing exclude each other.
      const same =
        last.condition.subject.length > 0 &&
        likeness(last.condition.subject, condition.subject) > 0.8 &&
        last.condition.verb === condition.verb &&
        last.condition.stems.length === condition.stems.length &&
        !condition.failure;
      if (same) return { inside: [last.other], outside: all.filter((end) => end !== last.other) };
    }
    return this.onlyWhere([condition.subject.length > 0 ? condition.subject : condition.stems], all);
  }

  /** What is spoken of may have happened on some of the open ways only. */
  private onlyWhere(topics: readonly (readonly string[])[], all: End[]): { inside: End[]; outside: End[] } {
    const everywhere = { inside: all, outside: [] };
    if (all.length < 2) return everywhere;
    const about = this.graph.nodes.filter(
      (node) =>
        node.step !== null && topics.some((topic) => topic.length > 0 && coverage(topic, node.stems) >= 0.6),
    );
    if (about.length === 0) return everywhere;
    const behind = all.map((end) => this.graph.before(end.from));
    if (about.some((node) => behind.every((ids) => ids.has(node.id)))) return everywhere;
    const latest = about.at(-1);
    const inside = all.filter((_, i) => latest !== undefined && behind[i]?.has(latest.id));
    return inside.length === 0 ? everywhere : { inside, outside: all.filter((end) => !inside.includes(end)) };
  }

  private decide(
    condition: Condition,
    body: readonly Statement[],
    scope: { inside: End[]; outside: End[] },
  ): Decision {
    const { graph } = this;
    const node = graph.add('decision', condition.title, condition.stems);
    this.touch(node);
    graph.connect(scope.inside, node.id);
    const [label, otherLabel] = this.labels(condition.positive);
    const taken: End = { from: node.id, label };
    const other: End = { from: node.id, label: otherLabel };
    const decision: Decision = {
      node: node.id,
      condition,
      taken,
      other,
      bodyEnds: [],
      bodyNodes: [],
      item: this.item,
      sentence: this.sentence,
    };
    this.decisions.push(decision);
    this.body(decision, [taken], body);
    this.open = [...scope.outside, ...this.open, other];
    return decision;
  }

  /** Draws a branch from `from`; afterwards `open` holds what it leaves open. */
  private body(decision: Decision, from: End[], body: readonly Statement[]): void {
    const first = this.graph.nodes.length;
    const before = this.lastStep;
    this.open = from;
    this.depth++;
    const nested = this.decisions.length;
    this.run(body);
    this.depth--;
    this.decisions = [
      ...this.decisions.slice(0, nested).filter((other) => other !== decision),
      ...this.decisions.slice(nested),
      decision,
    ];
    const nodes = this.graph.nodes.slice(first).map(({ id }) => id);
    decision.bodyNodes.push(...nodes);
    this.settle(decision, nodes, body);
    decision.bodyEnds = [...this.open];
    this.lastBody = [...this.open];
    if (nodes.length === 0) this.lastStep = before;
  }

  /** Where a branch goes that does not say so itself. */
  private settle(decision: Decision, nodes: readonly number[], body: readonly Statement[]): void {
    if (this.open.length === 0) return;
    const drawn = nodes.map((id) => this.graph.node(id));
    const last = drawn.findLast(
      (node) => node.step !== null && this.open.some(({ from }) => from === node.id),
    );
    const closed = drawn.findLastIndex((node) => node.step?.closing === true);
    const after = closed < 0 ? [] : drawn.slice(closed + 1);
    if (closed >= 0 && after.every((node) => node.type === 'system') && after.length <= 2)
      return this.close(this.end.id, true);
    if (last?.step?.renewed && !last.step.person) {
      const original = this.graph.nodes.find(
        (node) =>
          node.id < decision.node &&
          node.step !== null &&
          node.step.verb === last.step?.verb &&
          coverage(last.step.object, node.step.object) >= 0.8,
      );
      const next = original ? this.graph.outOf(original.id)[0] : undefined;
      if (next && next.to !== decision.node) return this.close(next.to, false);
    }
    const repaired = drawn.some((node) => node.step?.person === true || (node.type === 'screen' && false));
    const resumes = body.some((statement) => statement.kind === 'resume');
    if (decision.condition.failure && !repaired && drawn.length > 0 && !resumes) {
      this.impliedEnd = { ends: [...this.open], decision };
      this.close(this.end.id, true);
    }
  }

  /** A decision that the text comes back to: "if it is correct" after "if it is wrong". */
  private known(condition: Condition): { decision: Decision; same: boolean } | null {
    const recent = this.decisions.slice(-6).toReversed();
    if (condition.elliptic && !this.ask && !condition.wish) {
      const last = recent[0];
      return last && (last.bodyNodes.length === 0 || condition.negated || last.bodyEnds.length === 0)
        ? { decision: last, same: condition.negated ? !last.condition.positive : last.condition.positive }
        : null;
    }
    if (condition.limit || condition.deadline) return null;
    for (const decision of recent) {
      const { condition: old } = decision;
      const overlap = Math.max(
        likeness(old.stems, condition.stems),
        condition.pronoun && condition.core.length > 0 ? likeness(old.core, condition.core) : 0,
      );
      const available = this.open.some((end) => end === decision.other);
      if (overlap >= 0.75 || (!available && overlap >= 0.6)) {
        const same =
          old.positive === condition.positive &&
          (old.outcome === condition.outcome || old.outcome === null || condition.outcome === null);
        if (!same) return { decision, same };
      }
      // "Reports he no problem, … Reports he one, …"
      if (
        available &&
        condition.verb !== '' &&
        condition.verb === old.verb &&
        !/^(?:be|have|sein|haben|werden)$/.test(old.verb) &&
        old.positive !== condition.positive &&
        coverage(condition.stems, old.stems) >= 0.99
      )
        return { decision, same: false };
      const guard = this.graph.nodes.some((node) => node.guard === decision.node);
      if (!available && !(condition.pronoun && decision === recent[0] && guard)) continue;
      const topic =
        old.subject.length > 0 && condition.subject.length > 0
          ? likeness(old.subject, condition.subject)
          : Math.max(coverage(old.subject, condition.stems), likeness(old.stems, condition.stems));
      const scaled =
        old.scale !== null &&
        condition.scale !== null &&
        old.scale !== condition.scale &&
        available &&
        (condition.pronoun || topic >= 0.5 || coverage(condition.stems, old.stems) >= 0.4);
      if (scaled) return { decision, same: false };
      const general =
        condition.source === 'phrase' &&
        condition.outcome !== null &&
        /(?:ergebnis|result|fall|case|antwort|answer|outcome|bescheid|entscheidung|decision|status)\w*\?$/i.test(
          condition.title,
        );
      const opposite =
        old.outcome !== null && condition.outcome !== null && old.outcome !== condition.outcome;
      if (
        opposite &&
        (topic >= 0.5 ||
          general ||
          (condition.pronoun && decision === recent[0]) ||
          (condition.subject.length === 0 && condition.stems.length <= 1) ||
          (condition.source === 'phrase' && overlap > 0.3))
      )
        return { decision, same: false };
    }
    return null;
  }

  /** "If it is 5 or less … If it is higher …": a comparative alone means the other case. */
  private opposite(condition: Condition): { decision: Decision; same: boolean } | null {
    const last = this.decisions.at(-1);
    const [word = ''] = condition.core;
    if (
      !last ||
      !condition.pronoun ||
      condition.core.length !== 1 ||
      !condition.positive ||
      !this.open.includes(last.other)
    )
      return null;
    return COMPARATIVE.some((other) => contentStems(other)[0] === word)
      ? { decision: last, same: false }
      : null;
  }

  private alongside(
    decision: Decision,
    same: boolean,
    body: readonly Statement[],
    condition: Condition,
  ): void {
    const end = same ? decision.taken : decision.other;
    if (!this.open.includes(end)) {
      // Already consumed: only its own continuation can be meant.
      this.run(body);
      return;
    }
    const parked = this.open.filter((other) => other !== end);
    const before = decision.bodyEnds;
    const failure = decision.condition.failure;
    decision.condition = { ...decision.condition, failure: condition.failure };
    this.body(decision, [end], body);
    decision.condition = { ...decision.condition, failure };
    this.open = [...parked, ...this.open];
    decision.bodyEnds = [...before, ...decision.bodyEnds];
  }

  private otherwise(body: readonly Statement[]): void {
    const asked = this.ask;
    this.ask = null;
    // "We check whether it fits. If not, …"
    if (asked)
      return this.branch(
        {
          ...asked,
          positive: !asked.positive,
          failure: asked.outcome === 'good',
          negated: true,
          source: 'if',
        },
        body,
      );
    const latest = this.decisions.at(-1);
    if (
      latest &&
      this.graph.nodes.some((node) => node.guard === latest.node) &&
      this.open.length > 0 &&
      latest.item >= this.item - 1
    )
      return this.run(body);
    const decision =
      this.decisions.findLast((candidate) => this.open.includes(candidate.other)) ?? this.endedTooEarly();
    const inner = this.decisions
      .filter((candidate) => candidate.sentence === this.sentence && this.open.includes(candidate.other))
      .toSorted((a, b) => b.node - a.node)[0];
    if (!decision) {
      const step = this.lastStep;
      if (
        step?.step &&
        step.type !== 'decision' &&
        this.open.some(({ from }) => from === step.id) &&
        (step.step.can || step.step.asks || step.step.person)
      ) {
        const title = `${step.title.slice(0, 58)}?`;
        this.insertBefore(step, { ...emptyCondition(title), positive: false }, body);
        return;
      }
      this.run(body);
      return;
    }
    return this.elseOf(inner ?? decision, body);
  }

  private elseOf(decision: Decision, body: readonly Statement[]): void {
    const parked = this.open.filter((end) => end !== decision.other);
    const failure = decision.condition.failure;
    decision.condition = { ...decision.condition, failure: false };
    const saved = decision.bodyEnds;
    this.body(decision, [decision.other], body);
    decision.condition = { ...decision.condition, failure };
    decision.bodyEnds = [...saved, ...decision.bodyEnds];
    this.open = [...parked, ...this.open];
  }

  /** "That ends it for them. Otherwise …": the end was that of the branch, not of both. */
  private endedTooEarly(): Decision | null {
    if (this.open.length > 0) return null;
    for (const decision of this.decisions.toReversed()) {
      const edge = this.graph.edges.find(
        (other) =>
          other.from === decision.other.from &&
          other.label === decision.other.label &&
          other.to === this.end.id,
      );
      const within = this.decisions.at(-1);
      const nested = within !== undefined && within !== decision && decision.bodyNodes.includes(within.node);
      if (
        edge &&
        !decision.bodyNodes.includes(decision.node) &&
        (decision === within ||
          nested ||
          within?.bodyNodes.length === 0 ||
          this.decisions.length === 1 ||
          this.outermost(decision))
      ) {
        this.graph.remove([edge]);
        this.open = [decision.other];
        return decision;
      }
    }
    return null;
  }

  /** Not inside the branch of another decision that was closed with it. */
  private outermost(decision: Decision): boolean {
    return !this.decisions.some(
      (other) =>
        other !== decision && other.bodyNodes.includes(decision.node) && other.item === decision.item,
    );
  }

  /** The step just named that cannot be done, or that something else comes in place of. */
  private replaced(condition: Condition, body: readonly Statement[]): DraftNode | null {
    const node = this.lastStep;
    const step = node?.step;
    if (
      !node ||
      !step ||
      node.type !== 'action' ||
      step.verb === '' ||
      !this.open.some(({ from }) => from === node.id)
    )
      return null;
    const ahead = body[0]?.kind === 'step' && (body[0].draft.ahead ?? null) !== null;
    const about =
      condition.pronoun ||
      coverage(condition.subject, node.stems) >= 0.5 ||
      (condition.subject.length === 0 && coverage(condition.stems, node.stems) >= 0.3);
    return (condition.unusable && about && !condition.limit && !ENTERS.test(step.verb)) ||
      (ahead && this.lexicon.language === 'de')
      ? node
      : null;
  }

  /** The step just named that a condition denies. */
  private guards(condition: Condition): DraftNode | null {
    const refuses =
      (condition.verb === 'turn' && condition.stems.includes('down')) || REFUSES.test(condition.verb);
    if (condition.positive && !condition.outcome && !refuses) return null;
    const recent = this.graph.nodes
      .filter((node) => node.step !== null)
      .slice(-6)
      .toReversed();
    for (const [distance, node] of recent.entries()) {
      const step = node.step;
      if (!step || step.verb === '' || this.graph.into(node.id).length === 0) continue;
      const sameVerb =
        condition.verb !== '' && likeness([...contentStems(condition.verb)], contentStems(step.verb)) >= 0.8;
      const object =
        step.object.length === 0 ||
        condition.stems.length <= 1 ||
        coverage(condition.stems, node.stems) >= 0.5 ||
        coverage(node.stems, condition.stems) >= 0.6;
      if (
        condition.negated &&
        sameVerb &&
        (object || step.can || condition.deadline || distance === 0) &&
        (distance === 0 || step.can) &&
        step.person
      )
        return node;
      if (condition.wish && condition.negated && condition.elliptic && step.can) return node;
      const agreesTo =
        /^(?:confirm|accept|approve|agree|sign|consent|bestätigen|annehmen|akzeptieren|zustimmen|unterschreiben|freigeben)$/.test(
          step.verb,
        );
      if (refuses && agreesTo && step.person && distance <= 2 && condition.pronoun) return node;
      if (distance > 0) continue;
      if (
        condition.deadline &&
        condition.negated &&
        (sameVerb || coverage(contentStems(step.verb), condition.stems) >= 0.8)
      )
        return node;
      if (condition.wish && condition.negated && step.person) return node;
      if (
        condition.quantified &&
        this.lexicon.choose.has(step.verb) &&
        (condition.denies ||
          coverage(condition.subject.length > 0 ? condition.subject : condition.stems, node.stems) > 0.4)
      )
        return node;
      const agrees =
        /^(?:confirm|accept|approve|agree|sign|consent|bestätigen|annehmen|akzeptieren|zustimmen|unterschreiben|freigeben)$/.test(
          step.verb,
        );
      if (refuses && agrees) return node;
    }
    return null;
  }

  private insertBefore(node: DraftNode, condition: Condition, body: readonly Statement[]): void {
    const { graph } = this;
    const decision = graph.add('decision', condition.title, condition.stems);
    graph.redirect(node.id, decision.id);
    for (const [key, id] of this.items) if (id === node.id) this.items.set(key, decision.id);
    const [label, otherLabel] = this.labels(condition.positive);
    graph.connect([{ from: decision.id, label: otherLabel }], node.id);
    node.guard = decision.id;
    const parked = this.open;
    const record: Decision = {
      node: decision.id,
      condition,
      taken: { from: decision.id, label },
      other: { from: decision.id, label: otherLabel },
      bodyEnds: [],
      bodyNodes: [],
      item: this.item,
      sentence: this.sentence,
    };
    this.decisions.push(record);
    this.body(record, [record.taken], body);
    this.open = [...parked, ...this.open];
  }

  /** A time clause tells an act, repeats what is known, or is the first of two cases. */
  private whenever(condition: Condition, body: readonly Statement[]): void {
    const chosen = this.caseOf(condition.stems);
    if (chosen) return this.inCase(chosen, body.slice(leading(body)));
    const found = this.known(condition);
    const rest = body.slice(leading(body));
    if (found && !found.same) return this.alongside(found.decision, false, rest, condition);
    const { when } = this;
    if (
      when &&
      when.condition.subject.length > 0 &&
      likeness(when.condition.subject, condition.subject) >= 0.8 &&
      this.item - when.at <= 1 &&
      this.graph.into(when.first).length > 0 &&
      when.condition.verb !== condition.verb
    ) {
      const first = this.graph.node(when.first);
      this.when = null;
      this.insertCase(first, when.condition, condition, rest);
      return;
    }
    const acts = leading(body) > 0 ? body[0] : undefined;
    const known =
      acts?.kind === 'step'
        ? this.graph.nodes.some(
            (node) => node.step !== null && likeness(node.stems, contentStems(acts.draft.title)) >= 0.7,
          )
        : true;
    const before = this.graph.nodes.length;
    if (known || this.start === this.graph.nodes.at(-1)) this.run(rest);
    else this.run(body);
    const first = this.graph.nodes[before + (known ? 0 : 1)] ?? this.graph.nodes[before];
    this.when = first ? { condition, first: first.id, at: this.item } : null;
    if (this.when && acts?.kind === 'step' && !known && first) this.when.first = before;
  }

  private insertCase(first: DraftNode, one: Condition, two: Condition, body: readonly Statement[]): void {
    const decision = this.graph.add('decision', one.title, one.stems);
    const acted = first.step !== null && likeness(first.stems, one.stems) >= 0.6;
    const target = acted ? this.graph.outOf(first.id)[0]?.to : first.id;
    this.graph.redirect(first.id, decision.id);
    if (acted && target !== undefined) {
      this.graph.remove(this.graph.outOf(first.id));
      this.graph.connect([{ from: decision.id, label: this.lexicon.yes }], target);
    } else this.graph.connect([{ from: decision.id, label: this.lexicon.yes }], first.id);
    const other: End = { from: decision.id, label: this.lexicon.no };
    const parked = this.open;
    const record: Decision = {
      node: decision.id,
      condition: { ...two, failure: false },
      taken: other,
      other,
      bodyEnds: [],
      bodyNodes: [],
      item: this.item,
      sentence: this.sentence,
    };
    this.decisions.push(record);
    this.body(record, [other], body);
    this.open = [...parked, ...this.open];
  }

  private limit(statement: Extract<Statement, { kind: 'limit' }>): void {
    const { graph } = this;
    const about = (decision: Decision): number =>
      Math.max(
        likeness(decision.condition.stems, statement.stems),
        coverage(decision.condition.subject, statement.stems),
      ) *
        100 +
      decision.node / 1000;
    let failed: Decision | undefined = this.decisions
      .filter(
        ({ condition, other }) =>
          !condition.deadline &&
          (condition.failure ||
            condition.outcome === 'bad' ||
            (condition.outcome === 'good' && this.open.includes(other))),
      )
      .toSorted((one, two) => about(two) - about(one))[0];
    const related =
      failed !== undefined &&
      (statement.single === '' ||
        likeness(failed.condition.stems, statement.stems) >= 0.2 ||
        failed.sentence >= this.sentence - 1);
    if (failed && (failed.item < this.item - 2 || !related)) failed = undefined;
    // "frees it by a PIN, and after three wrong PINs …": the failure is that of the step just named.
    const topic = contentStems(statement.single).slice(0, -1);
    const latest = this.lastStep;
    if (
      failed &&
      topic.length > 0 &&
      latest !== null &&
      latest.id > failed.node &&
      coverage(topic, failed.condition.stems) < 0.3 &&
      coverage(topic, latest.stems) >= 0.8 &&
      !failed.bodyNodes.includes(latest.id)
    )
      failed = undefined;
    if (!failed) {
      const asked = this.graph.nodes.findLast((node) => node.step?.person === true && node.type === 'action');
      const object = asked?.step?.object.join(' ') ?? '';
      const wrong = this.lexicon.language === 'en' ? 'wrong' : 'falsch';
      const noun = asked
        ? asked.title
            .split(' ')
            .slice(this.lexicon.language === 'en' ? 1 : 0, this.lexicon.language === 'en' ? undefined : -1)
            .join(' ')
        : '';
      const single = statement.single !== '' ? statement.single : `${noun} ${wrong}`.trim();
      const title = `${single.charAt(0).toUpperCase()}${single.slice(1)}?`;
      void object;
      this.reopen();
      failed = this.decide(
        { ...emptyCondition(title), failure: true, outcome: 'bad', stems: contentStems(title) },
        [],
        { inside: this.open, outside: [] },
      );
      // Nothing was said of a single failure.
      this.open = this.open.filter((end) => end !== failed?.taken);
    }
    const bad: End =
      failed.condition.outcome === 'good' && !failed.condition.failure ? failed.other : failed.taken;
    const node = graph.add('decision', statement.title, statement.stems);
    const onwards = graph.outOf(failed.node).filter((edge) => edge.label === bad.label);
    const wasOpen = this.open.includes(bad) || failed.bodyEnds.includes(bad);
    graph.replace(onwards, (edge) => ({ ...edge, from: node.id, label: this.lexicon.no }));
    graph.connect([bad], node.id);
    const retry: End = { from: node.id, label: this.lexicon.no };
    const implied = graph.edges.filter(
      (edge) =>
        edge.implied &&
        edge.to === this.end.id &&
        (failed.bodyNodes.includes(edge.from) || edge.from === node.id),
    );
    const loose =
      bad === failed.taken
        ? this.open.filter((end) => failed.bodyEnds.includes(end) && end !== failed.other && end !== bad)
        : [];
    const back = this.asking(failed.condition.stems);
    if (back) {
      const target = back.guard ?? back.id;
      graph.replace(implied, ({ implied: _implied, ...edge }) => ({ ...edge, to: target }));
      graph.connect(loose, target);
      if (onwards.length === 0 || (wasOpen && onwards.length === 0)) graph.connect([retry], target);
    }
    const parked = this.open.filter((end) => end !== bad && !loose.includes(end));
    const record: Decision = {
      node: node.id,
      condition: emptyCondition(statement.title),
      taken: { from: node.id, label: this.lexicon.yes },
      other: retry,
      bodyEnds: [],
      bodyNodes: [],
      item: this.item,
      sentence: this.sentence,
    };
    this.body(record, [record.taken], statement.body);
    this.decisions = this.decisions.filter((decision) => decision !== record);
    const consequence = record.bodyNodes.map((id) => graph.node(id));
    if (
      this.open.length > 0 &&
      consequence.length > 0 &&
      !consequence.some((step) => step.step?.person) &&
      !statement.body.some(({ kind }) => kind === 'resume')
    )
      this.close(this.end.id, true);
    this.open = [...parked, ...this.open];
    failed.condition = { ...failed.condition };
  }

  private choose(statement: Extract<Statement, { kind: 'choice' }>): void {
    this.reopen();
    const node = this.graph.add('decision', statement.title, contentStems(statement.title));
    this.touch(node);
    this.graph.connect(this.open, node.id);
    this.attachForward(node);
    const choice: Choice = { node: node.id, listed: statement.cases.length > 0, cases: [] };
    this.choices.push(choice);
    const ends: End[] = [];
    this.drawing.add(node.id);
    for (const { label, stems, body } of statement.cases) {
      const end: End = { from: node.id, label };
      const current: ChoiceCase = { label, stems, ends: [end] };
      choice.cases.push(current);
      this.open = [end];
      const first = this.graph.nodes.length;
      this.depth++;
      this.run(body);
      this.depth--;
      if (
        body.length === 1 &&
        body[0]?.kind === 'step' &&
        this.graph.nodes.length === first + 1 &&
        this.open.length === 1 &&
        this.open[0]?.from === first
      )
        current.own = first;
      const last = this.lastStep;
      const closes = last?.step?.closing === true && this.open.some(({ from }) => from === last.id);
      current.ends = [...this.open];
      if (closes) this.close(this.end.id, true);
      ends.push(...this.open);
    }
    this.drawing.delete(node.id);
    this.open = statement.cases.length > 0 ? ends : [{ from: node.id }];
  }

  private caseOf(stems: readonly string[], subject: readonly string[] = []): ChoiceCase | null {
    for (const choice of this.choices.slice(-5).toReversed()) {
      const named =
        subject.length === 0
          ? []
          : choice.cases.filter((candidate) => coverage(subject, candidate.stems) >= 0.9);
      for (const candidate of choice.cases) {
        const fits =
          coverage(candidate.stems, stems) >= 0.8 ||
          (stems.length > 0 && coverage(stems, candidate.stems) >= 0.8);
        if (!fits && !(named.length === 1 && named[0] === candidate)) continue;
        this.unclose(candidate.ends);
        if (candidate.ends.some((end) => this.open.includes(end))) return candidate;
      }
    }
    return null;
  }

  /** Takes back that ends were closed for want of anything said of them. */
  private unclose(ends: readonly End[]): void {
    for (const end of ends) {
      const edge = this.graph.edges.find(
        (other) =>
          other.implied === true &&
          other.from === end.from &&
          other.label === end.label &&
          other.to === this.end.id,
      );
      if (!edge || this.open.includes(end)) continue;
      this.graph.remove([edge]);
      this.open.push(end);
    }
  }

  /** A case with steps of its own gets only these. */
  private replaceOwn(found: ChoiceCase): void {
    const { graph } = this;
    const { own } = found;
    delete found.own;
    if (own === undefined || graph.outOf(own).length > 0 || !this.open.some(({ from }) => from === own))
      return;
    const [into] = graph.into(own);
    if (!into || graph.into(own).length > 1) return;
    graph.remove([into]);
    const end: End = { from: into.from, ...(into.label !== undefined && { label: into.label }) };
    this.open = this.open.map((other) => (other.from === own ? end : other));
    found.ends = [end];
  }

  /** The case told last, for a condition about "it" in the next sentence. */
  private caseScope: { ends: readonly End[]; sentence: number } | null = null;

  private inCase(found: ChoiceCase, body: readonly Statement[]): void {
    if (body[0]?.kind === 'step' || body[0]?.kind === 'goto' || body[0]?.kind === 'end')
      this.replaceOwn(found);
    const parked = this.open.filter((other) => !found.ends.includes(other));
    this.open = this.open.filter((other) => found.ends.includes(other));
    this.depth++;
    this.run(body);
    this.depth--;
    const last = this.lastStep;
    found.ends = [...this.open];
    this.caseScope = { ends: found.ends, sentence: this.sentence };
    if (last?.step?.closing && this.open.some(({ from }) => from === last.id)) this.close(this.end.id, true);
    this.lastBody = [...this.open];
    this.open = [...parked, ...this.open];
  }

  private oneCase(statement: Extract<Statement, { kind: 'case' }>): void {
    const found = this.caseOf(statement.stems);
    if (found) return this.inCase(found, statement.body);
    const existing = this.choices.at(-1);
    if (existing && this.adHoc === existing && this.lastCaseItem >= this.item - 1) {
      this.lastCaseItem = this.item;
      const end: End = { from: existing.node, label: statement.label };
      const current = { label: statement.label, stems: statement.stems, ends: [end] };
      existing.cases.push(current);
      this.open.push(end);
      return this.inCase(current, statement.body);
    }
    const chosen = this.chosenStep(statement.stems);
    if (chosen) {
      this.asChoice(chosen);
      const listed = this.caseOf(statement.stems);
      if (listed) return this.inCase(listed, statement.body);
    }
    this.reopen();
    const last = this.lastStep;
    const words = last?.title.split(' ') ?? [];
    const noun =
      words.length > 1 && last?.step?.verb
        ? (this.lexicon.language === 'en' ? words.slice(1) : words.slice(0, -1)).join(' ')
        : (last?.title ?? statement.label);
    const title = `${noun.charAt(0).toUpperCase()}${noun.slice(1, 58)}?`;
    // "Choose the kind: a) … b) …" is the decision itself.
    const chooses =
      last !== null &&
      last.step !== null &&
      this.lexicon.choose.has(last.step.verb) &&
      this.open.length > 0 &&
      this.open.every(({ from }) => from === last.id);
    const decision = chooses ? last : this.graph.add('decision', title, contentStems(title));
    if (chooses) Object.assign(decision, { type: 'decision', title, stems: contentStems(title), step: null });
    else this.graph.connect(this.open, decision.id);
    this.touch(decision);
    const end: End = { from: decision.id, label: statement.label };
    const choice: Choice = {
      node: decision.id,
      listed: true,
      cases: [{ label: statement.label, stems: statement.stems, ends: [end] }],
    };
    this.choices.push(choice);
    this.adHoc = choice;
    this.lastCaseItem = this.item;
    this.open = [end];
    this.inCase({ label: statement.label, stems: statement.stems, ends: [end] }, statement.body);
  }

  /** "chooses A or B", told before anybody knew that A and B go different ways. */
  private chosenStep(stems: readonly string[]): DraftNode | null {
    return (
      this.graph.nodes.findLast(
        (node) =>
          node.step !== null &&
          this.lexicon.choose.has(node.step.verb) &&
          / (?:or|oder) /.test(node.title) &&
          coverage(stems, node.stems) >= 0.8 &&
          this.open.some(({ from }) => from === node.id),
      ) ?? null
    );
  }

  private asChoice(node: DraftNode): void {
    const words = node.title.split(' ');
    const text = (this.lexicon.language === 'en' ? words.slice(1) : words.slice(0, -1)).join(' ');
    const labels = text
      .split(/,? (?:or|oder) |, /)
      .map((label) => label.trim())
      .filter((label) => label !== '');
    node.type = 'decision';
    node.step = null;
    node.title = `${text.charAt(0).toUpperCase()}${text.slice(1, 58)}?`;
    const cases = labels.map((label) => ({
      label: label.replaceAll(/["“”„]/g, ''),
      stems: contentStems(label),
      ends: [{ from: node.id, label: label.replaceAll(/["“”„]/g, '') }],
    }));
    this.choices.push({ node: node.id, listed: true, cases });
    this.open = [...this.open.filter(({ from }) => from !== node.id), ...cases.flatMap(({ ends }) => ends)];
  }

  private adHoc: Choice | null = null;
  private lastCaseItem = 0;

  /** One "label: …" alone is a condition. */
  private settleAdHoc(): void {
    const choice = this.adHoc;
    this.adHoc = null;
    const only = choice?.cases[0];
    if (!choice || !only || choice.cases.length > 1) return;
    const node = this.graph.node(choice.node);
    node.title = `${only.label.slice(0, 58)}?`;
    node.stems = only.stems;
    this.graph.replace(
      this.graph.outOf(choice.node).filter((edge) => edge.label === only.label),
      (edge) => ({ ...edge, label: this.lexicon.yes }),
    );
    this.open = this.open.map((end) =>
      end.from === choice.node && end.label === only.label
        ? { from: end.from, label: this.lexicon.yes }
        : end,
    );
    this.open.push({ from: choice.node, label: this.lexicon.no });
  }

  private latter(statement: Extract<Statement, { kind: 'latter' }>): void {
    const choice = this.choices.at(-1);
    const found = choice?.cases.at(statement.which === 'last' ? -1 : 0);
    if (found) this.unclose(found.ends);
    if (found?.ends.some((end) => this.open.includes(end))) this.inCase(found, statement.body);
  }

  /** "This belongs after step 7." */
  private move(after: string): void {
    const decision = this.decisions.at(-1);
    const anchor = this.items.get(after);
    if (
      !decision ||
      anchor === undefined ||
      !this.open.includes(decision.other) ||
      decision.item !== this.item
    )
      return;
    const before = this.graph.into(decision.node).filter((edge) => !decision.bodyNodes.includes(edge.from));
    this.graph.remove(before);
    this.open = [
      ...this.open.filter((end) => end !== decision.other),
      ...before.map(({ from, label }) => ({ from, ...(label !== undefined && { label }) })),
    ];
    const onwards = this.graph.outOf(anchor);
    this.graph.replace(onwards, (edge) => ({
      ...edge,
      from: decision.node,
      label: decision.other.label ?? this.lexicon.no,
    }));
    this.graph.connect([{ from: anchor }], decision.node);
  }

  finish(): void {
    this.settleAdHoc();
    for (const { ends, words, stems } of this.forward) {
      if (words === '') {
        this.open.push(...ends);
        continue;
      }
      const node = this.graph.add('screen', words.charAt(0).toUpperCase() + words.slice(1, 60), stems);
      this.graph.connect(ends, node.id);
      this.open.push({ from: node.id });
    }
    this.forward = [];
    this.close(this.end.id, true);
  }
}

const leading = (body: readonly Statement[]): number =>
  body[0]?.kind === 'step' && body[0].fromTime === true ? 1 : 0;

function titleOfBody(body: readonly Statement[]): string | null {
  const first = body[0];
  return first?.kind === 'step' ? `${first.draft.title.slice(0, 58)}?` : null;
}

function emptyCondition(title: string): Condition {
  return {
    title,
    positive: true,
    stems: contentStems(title),
    subject: [],
    verb: '',
    outcome: null,
    failure: false,
    deadline: false,
    limit: false,
    elliptic: false,
    unusable: false,
    pronoun: false,
    state: false,
    scale: null,
    core: [],
    wish: false,
    denies: false,
    negated: false,
    source: 'if',
    quantified: false,
  };
}
