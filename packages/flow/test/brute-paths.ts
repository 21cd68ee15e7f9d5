import type { FlowDocument, FlowEdge } from '../src/document/types.ts';

/** The same questions as `src/paths` asks, answered by trying everything; for small flows only. */

const steps = (document: FlowDocument) => Object.values(document.nodes).filter(({ type }) => type !== 'note');

export function arcsOf(document: FlowDocument): FlowEdge[] {
  const ids = new Set(steps(document).map(({ id }) => id));
  return Object.values(document.edges).filter(({ source, target }) => ids.has(source) && ids.has(target));
}

export function startsOf(document: FlowDocument): string[] {
  const starts = steps(document).filter(({ type }) => type === 'start');
  const led = new Set(
    arcsOf(document)
      .filter(({ source, target }) => source !== target)
      .map(({ target }) => target),
  );
  return (starts.length > 0 ? starts : steps(document).filter(({ id }) => !led.has(id))).map(({ id }) => id);
}

export function goalsOf(document: FlowDocument): string[] {
  const ends = steps(document).filter(({ type }) => type === 'end');
  const leading = new Set(
    arcsOf(document)
      .filter(({ source, target }) => source !== target)
      .map(({ source }) => source),
  );
  return (ends.length > 0 ? ends : steps(document).filter(({ id }) => !leading.has(id))).map(({ id }) => id);
}

/** Every path as its edge ids behind its first node, at most `loops` returns to a step. */
export function everyPath(document: FlowDocument, loops: number): string[] {
  const goals = new Set(goalsOf(document));
  const arcs = arcsOf(document);
  const paths: string[] = [];
  const visit = (at: string, been: readonly string[], taken: readonly string[]): void => {
    if (goals.has(at)) {
      paths.push([been[0], ...taken].join(' '));
      return;
    }
    for (const { id, source, target } of arcs) {
      if (source !== at || been.filter((step) => step === target).length > loops) continue;
      visit(target, [...been, target], [...taken, id]);
    }
  };
  for (const start of startsOf(document)) visit(start, [start], []);
  return paths;
}

/** For each step whether another can be reached from it, in one transition or more. */
export function closure(
  document: FlowDocument,
  arcs: readonly FlowEdge[],
): (from: string, to: string) => boolean {
  const ids = steps(document).map(({ id }) => id);
  const pairs = new Set(arcs.map(({ source, target }) => `${source} ${target}`));
  for (const via of ids)
    for (const from of ids)
      for (const to of ids)
        if (pairs.has(`${from} ${via}`) && pairs.has(`${via} ${to}`)) pairs.add(`${from} ${to}`);
  return (from, to) => pairs.has(`${from} ${to}`);
}

/** Edges on some walk from a start to where it first comes to a goal. */
export function coverable(document: FlowDocument): FlowEdge[] {
  const goals = new Set(goalsOf(document));
  const arcs = arcsOf(document).filter(({ source }) => !goals.has(source));
  const leads = closure(document, arcs);
  const starts = startsOf(document);
  return arcs.filter(
    ({ source, target }) =>
      starts.some((start) => start === source || leads(start, source)) &&
      (goals.has(target) || [...goals].some((goal) => leads(target, goal))),
  );
}

/** The most coverable edges of which no two can stand on one walk: so many walks are needed at least. */
export function mostApart(document: FlowDocument): number {
  const arcs = coverable(document);
  const leads = closure(document, arcs);
  const apart = (a: FlowEdge, b: FlowEdge): boolean => {
    const follows = (x: FlowEdge, y: FlowEdge) => x.target === y.source || leads(x.target, y.source);
    return !follows(a, b) && !follows(b, a);
  };
  const largest = (chosen: readonly FlowEdge[], rest: readonly FlowEdge[]): number => {
    const [first, ...others] = rest;
    if (!first) return chosen.length;
    const without = largest(chosen, others);
    return chosen.every((edge) => apart(edge, first))
      ? Math.max(without, largest([...chosen, first], others))
      : without;
  };
  return largest([], arcs);
}
