import type { Language } from './text/language.ts';

export interface Words {
  nothing: string;
  read(steps: number, decisions: number): string;
  drew(steps: number, decisions: number, unused: number): string;
  /** A Mermaid chart was drawn. */
  copied(steps: number, decisions: number): string;
  unreadable(why: string): string;
  edited(done: number): string;
  refused(count: number): string;
  issues(count: number): string;
}

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

const ENGLISH: Words = {
  nothing:
    'I am the rule-based model and found no steps in this text. Describe what happens in order ("She enters her PIN. If it is wrong …"), send a numbered list, or name an edit ("add X after Y"). For questions, strategy or pictures choose a language model.',
  read: (steps, decisions) =>
    `I read ${count(steps, 'step', 'steps')}${decisions > 0 ? ` and ${count(decisions, 'decision', 'decisions')}` : ''}.`,
  drew: (steps, decisions, unused) =>
    `Drawn by the rule-based model: ${count(steps, 'step', 'steps')} and ${count(decisions, 'decision', 'decisions')}, read sentence by sentence. Branches that the text leaves open join the next step or the end.${unused > 0 ? ` ${count(unused, 'sentence was', 'sentences were')} not used.` : ''}`,
  copied: (steps, decisions) =>
    `Drawn by the rule-based model from the Mermaid chart: ${count(steps, 'step', 'steps')} and ${count(decisions, 'decision', 'decisions')}.`,
  unreadable: (why) => `The Mermaid chart cannot be read. ${why}. Nothing was changed.`,
  edited: (done) => `The rule-based model carried out ${count(done, 'edit', 'edits')}.`,
  refused: (n) => ` ${count(n, 'edit was', 'edits were')} refused.`,
  issues: (n) => (n === 0 ? '' : ` The lint check still reports ${count(n, 'issue', 'issues')}.`),
};

const GERMAN: Words = {
  nothing:
    'Ich bin das regelbasierte Modell und habe in diesem Text keine Schritte gefunden. Beschreibe der Reihe nach, was geschieht („Sie gibt ihre PIN ein. Ist sie falsch, …“), schicke eine nummerierte Liste oder nenne eine Änderung („füge X nach Y ein“). Für Fragen, Strategie oder Bilder wähle ein Sprachmodell.',
  read: (steps, decisions) =>
    `Ich habe ${count(steps, 'Schritt', 'Schritte')}${decisions > 0 ? ` und ${count(decisions, 'Entscheidung', 'Entscheidungen')}` : ''} gelesen.`,
  drew: (steps, decisions, unused) =>
    `Gezeichnet vom regelbasierten Modell: ${count(steps, 'Schritt', 'Schritte')} und ${count(decisions, 'Entscheidung', 'Entscheidungen')}, Satz für Satz gelesen. Zweige, über die der Text nichts sagt, führen zum nächsten Schritt oder zum Ende.${unused > 0 ? ` ${count(unused, 'Satz wurde', 'Sätze wurden')} nicht verwendet.` : ''}`,
  copied: (steps, decisions) =>
    `Gezeichnet vom regelbasierten Modell nach dem Mermaid-Diagramm: ${count(steps, 'Schritt', 'Schritte')} und ${count(decisions, 'Entscheidung', 'Entscheidungen')}.`,
  unreadable: (why) => `Das Mermaid-Diagramm ist nicht lesbar. ${why}. Es wurde nichts geändert.`,
  edited: (done) => `Das regelbasierte Modell hat ${count(done, 'Änderung', 'Änderungen')} ausgeführt.`,
  refused: (n) => ` ${count(n, 'Änderung wurde', 'Änderungen wurden')} abgelehnt.`,
  issues: (n) => (n === 0 ? '' : ` Die Prüfung meldet noch ${count(n, 'Hinweis', 'Hinweise')}.`),
};

export const say = (language: Language): Words => (language === 'de' ? GERMAN : ENGLISH);
