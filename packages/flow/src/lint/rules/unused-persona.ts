import { finding, quoteText, type LintRule } from '../rule.ts';
import { SOURCES } from '../sources.ts';

export const unusedPersona: LintRule = {
  severity: 'info',
  title: 'Persona whom no step is for',
  rationale: 'A persona who never comes up was forgotten, or is no longer one of the people the flow is for.',
  source: SOURCES.personas,
  check({ document }) {
    const used = new Set(Object.values(document.nodes).flatMap(({ personaIds = [] }) => personaIds));
    // Where no step names its personas, they are meant for the whole flow.
    if (used.size === 0) return [];
    return Object.values(document.personas)
      .filter(({ id }) => !used.has(id))
      .map(({ id, name }) =>
        finding(
          `No step is for ${quoteText(name.trim() || id)}: say which ones are, or remove the persona.`,
          [],
        ),
      );
  },
};
