import type { Language } from '../text/language.ts';

const q = (title: string): string => `“${title}”`;
const g = (title: string): string => `„${title}“`;
const listed = (titles: readonly string[], quote: (title: string) => string): string =>
  titles.slice(0, 6).map(quote).join(', ') + (titles.length > 6 ? ', …' : '');

/** What `finish` says about edits. */
export interface Phrases {
  added(title: string, after: string | null): string;
  renamed(from: string, to: string): string;
  described(title: string): string;
  retyped(title: string, type: string): string;
  removed(title: string): string;
  bridged(title: string, from: readonly string[], to: string): string;
  leftOpen(title: string, others: readonly string[]): string;
  connected(from: string, to: string): string;
  disconnected(from: string, to: string): string;
  labelled(from: string, to: string, label: string): string;
  moved(title: string): string;
  framed(title: string, frame: string): string;
  named(name: string): string;
  layout: string;
  deadEnd(title: string): string;
  unknown(name: string, near: readonly string[]): string;
  ambiguous(name: string, titles: readonly string[]): string;
  noEdge(from: string, to: string): string;
  severalEdges(from: string, to: string, labels: readonly string[]): string;
  twin(from: string, to: string): string;
  branches(title: string, labels: readonly string[]): string;
  noPlace(title: string): string;
  noTitle: string;
  unclear(text: string): string;
  nothingYet: string;
  refusal: string;
  more(count: number): string;
  tooMany(limit: number): string;
  fixed(count: number): string;
  nothingToFix: string;
  remaining(messages: readonly string[]): string;
  appended(steps: number, after: string | null): string;
}

const ENGLISH: Phrases = {
  added: (title, after) => (after === null ? `Added ${q(title)}.` : `Added ${q(title)} after ${q(after)}.`),
  renamed: (from, to) => `Renamed ${q(from)} to ${q(to)}.`,
  described: (title) => `Changed the description of ${q(title)}.`,
  retyped: (title, type) => `${q(title)} is now of type ${type}.`,
  removed: (title) => `Removed ${q(title)}.`,
  bridged: (title, from, to) =>
    `Removed ${q(title)} and connected ${listed(from, q)} to ${q(to)}, so that the flow stays whole.`,
  leftOpen: (title, others) => `Removed ${q(title)}; nothing leads to ${listed(others, q)} any more.`,
  connected: (from, to) => `Connected ${q(from)} to ${q(to)}.`,
  disconnected: (from, to) => `Removed the connection from ${q(from)} to ${q(to)}.`,
  labelled: (from, to, label) =>
    label === ''
      ? `Removed the label between ${q(from)} and ${q(to)}.`
      : `Labelled the connection from ${q(from)} to ${q(to)} ${q(label)}.`,
  moved: (title) => `Moved ${q(title)}.`,
  framed: (title, frame) =>
    frame === '' ? `Took ${q(title)} out of its frame.` : `Put ${q(title)} into the frame ${q(frame)}.`,
  named: (name) => `The flow is now called ${q(name)}.`,
  layout: 'Arranged the flow anew.',
  deadEnd: (title) => `${q(title)} leads nowhere yet: connect it with what comes next.`,
  unknown: (name, near) =>
    `There is no step called ${q(name)}${near.length > 0 ? `; the nearest are ${listed(near, q)}` : ''}. Nothing was changed for that.`,
  ambiguous: (name, titles) =>
    `${q(name)} could be ${listed(titles, q)}; say which one. Nothing was changed for that.`,
  noEdge: (from, to) => `No connection leads from ${q(from)} to ${q(to)}. Nothing was changed for that.`,
  severalEdges: (from, to, labels) =>
    `Several connections lead from ${q(from)} to ${q(to)} (${listed(labels, q)}); say which one by its label.`,
  twin: (from, to) => `${q(from)} and ${q(to)} are connected like that already.`,
  branches: (title, labels) =>
    `${q(title)} has several ways on (to ${listed(labels, q)}); say between which two steps, or with which label. Nothing was changed for that.`,
  noPlace: (title) => `Nothing can stand there, next to ${q(title)}. Nothing was changed for that.`,
  noTitle: 'A new step needs a title.',
  unclear: (text) => `I did not understand ${q(text)}.`,
  nothingYet:
    'There is nothing to edit yet: the flow is empty. Describe what happens in order, or send a numbered list, and I draw it.',
  refusal:
    'I am the rule-based model: I draw flows from descriptions and carry out edits by name ("add X after Y", "rename X to Y", "delete X", "connect X to Y", "move X into frame F", "fix the lint issues", "tidy up"). I do not answer questions, write texts or read pictures; choose a language model for that. Nothing was changed.',
  more: (count) => `And ${count} more.`,
  tooMany: (limit) => `Only the first ${limit} commands were read; send the others in another request.`,
  fixed: (count) => `Mended the flow with ${count} ${count === 1 ? 'edit' : 'edits'}.`,
  nothingToFix: 'The lint check reports nothing that can be mended without guessing.',
  remaining: (messages) => ` Left for you: ${messages.slice(0, 5).join(' ')}`,
  appended: (steps, after) =>
    `Drawn by the rule-based model: ${steps} new ${steps === 1 ? 'step' : 'steps'}${after === null ? '' : `, connected after ${q(after)}`}.`,
};

const GERMAN: Phrases = {
  added: (title, after) =>
    after === null ? `${g(title)} hinzugefügt.` : `${g(title)} nach ${g(after)} eingefügt.`,
  renamed: (from, to) => `${g(from)} in ${g(to)} umbenannt.`,
  described: (title) => `Beschreibung von ${g(title)} geändert.`,
  retyped: (title, type) => `${g(title)} hat jetzt den Typ ${type}.`,
  removed: (title) => `${g(title)} gelöscht.`,
  bridged: (title, from, to) =>
    `${g(title)} gelöscht und ${listed(from, g)} mit ${g(to)} verbunden, damit der Ablauf ganz bleibt.`,
  leftOpen: (title, others) => `${g(title)} gelöscht; zu ${listed(others, g)} führt jetzt nichts mehr.`,
  connected: (from, to) => `${g(from)} mit ${g(to)} verbunden.`,
  disconnected: (from, to) => `Verbindung von ${g(from)} zu ${g(to)} entfernt.`,
  labelled: (from, to, label) =>
    label === ''
      ? `Beschriftung zwischen ${g(from)} und ${g(to)} entfernt.`
      : `Verbindung von ${g(from)} zu ${g(to)} mit ${g(label)} beschriftet.`,
  moved: (title) => `${g(title)} verschoben.`,
  framed: (title, frame) =>
    frame === ''
      ? `${g(title)} aus dem Rahmen genommen.`
      : `${g(title)} in den Rahmen ${g(frame)} verschoben.`,
  named: (name) => `Der Flow heißt jetzt ${g(name)}.`,
  layout: 'Den Flow neu angeordnet.',
  deadEnd: (title) => `${g(title)} führt noch nirgendwohin: Verbinde den Schritt mit dem, was danach kommt.`,
  unknown: (name, near) =>
    `Es gibt keinen Schritt ${g(name)}${near.length > 0 ? `; am nächsten kommen ${listed(near, g)}` : ''}. Dafür wurde nichts geändert.`,
  ambiguous: (name, titles) =>
    `${g(name)} kann ${listed(titles, g)} sein; sag, welcher Schritt gemeint ist. Dafür wurde nichts geändert.`,
  noEdge: (from, to) => `Von ${g(from)} führt keine Verbindung zu ${g(to)}. Dafür wurde nichts geändert.`,
  severalEdges: (from, to, labels) =>
    `Von ${g(from)} führen mehrere Verbindungen zu ${g(to)} (${listed(labels, g)}); nenne die Beschriftung.`,
  twin: (from, to) => `${g(from)} und ${g(to)} sind schon so verbunden.`,
  branches: (title, labels) =>
    `Von ${g(title)} geht es auf mehreren Wegen weiter (zu ${listed(labels, g)}); sag, zwischen welchen Schritten oder mit welcher Beschriftung. Dafür wurde nichts geändert.`,
  noPlace: (title) => `Neben ${g(title)} kann dort nichts stehen. Dafür wurde nichts geändert.`,
  noTitle: 'Ein neuer Schritt braucht einen Titel.',
  unclear: (text) => `Ich habe ${g(text)} nicht verstanden.`,
  nothingYet:
    'Es gibt noch nichts zu ändern: Der Flow ist leer. Beschreibe der Reihe nach, was geschieht, oder schicke eine nummerierte Liste, dann zeichne ich es.',
  refusal:
    'Ich bin das regelbasierte Modell: Ich zeichne Flows nach Beschreibungen und führe Änderungen mit Namen aus („füge X nach Y ein“, „benenne X in Y um“, „lösche X“, „verbinde X mit Y“, „verschiebe X in den Rahmen F“, „behebe die Lint-Probleme“, „räume auf“). Fragen beantworte ich nicht, ich schreibe keine Texte und lese keine Bilder; wähle dafür ein Sprachmodell. Es wurde nichts geändert.',
  more: (count) => `Und ${count} weitere.`,
  tooMany: (limit) =>
    `Nur die ersten ${limit} Anweisungen wurden gelesen; schicke die übrigen in einer weiteren Anfrage.`,
  fixed: (count) => `Den Flow mit ${count} ${count === 1 ? 'Änderung' : 'Änderungen'} in Ordnung gebracht.`,
  nothingToFix: 'Die Prüfung meldet nichts, was sich ohne Raten beheben lässt.',
  remaining: (messages) => ` Für dich bleibt: ${messages.slice(0, 5).join(' ')}`,
  appended: (steps, after) =>
    `Gezeichnet vom regelbasierten Modell: ${steps} ${steps === 1 ? 'neuer Schritt' : 'neue Schritte'}${after === null ? '' : `, nach ${g(after)} angeschlossen`}.`,
};

export const phrases = (language: Language): Phrases => (language === 'de' ? GERMAN : ENGLISH);
