/** The agents that the product ships. Later issues add rows here; the loop and its tools stay the same. */
export const BUILT_IN_AGENTS = [
  {
    id: 'designer',
    name: 'Designer',
    description:
      'Turns a description into a flow, or edits the flow that is there, step by step on the live canvas.',
    modes: ['apply', 'propose'],
  },
] as const satisfies readonly { id: string; name: string; description: string; modes: readonly string[] }[];

export function isBuiltInAgent(id: string): boolean {
  return BUILT_IN_AGENTS.some((agent) => agent.id === id);
}
