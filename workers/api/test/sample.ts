/** Records, ops and a small sound document to test with. */

export const node = (id: string, title = id, type = 'screen') => ({
  id,
  type,
  title,
  position: { x: 0, y: 0 },
});
export const edge = (id: string, source: string, target: string) => ({
  id,
  source,
  target,
  trigger: 'click',
});
export const put = (value: { id: string; source?: string }) => ({
  op: 'put',
  kind: value.source === undefined ? 'node' : 'edge',
  value,
});
export const sample = {
  format: 'uxflow/1',
  name: 'inside',
  frames: {},
  personas: {},
  nodes: { a: node('a', 'Start', 'start'), b: node('b', 'Sign in'), c: node('c', 'Done', 'end') },
  edges: { ab: edge('ab', 'a', 'b'), bc: edge('bc', 'b', 'c') },
};
