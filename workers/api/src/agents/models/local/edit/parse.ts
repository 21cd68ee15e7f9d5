import { parseAdd, parsePlace } from './add.ts';
import type { Command } from './command.ts';
import { hasName, NAME } from './names.ts';
import { typeOfWords } from './types.ts';

const EDGE = `(?:the |die |den |der |das )?(?:(?<edge>${NAME}) )?(?:edge|connection|arrow|link|transition|line|verbindung|kante|pfeil|linie|übergang|pfeils)`;
const FLOW =
  '(?:the |this |my |den |diesen |das |dieses )?(?:whole )?(?:flow|diagram|flow chart|ablauf|diagramm|flussdiagramm)';
const TO = '(?:to|into|as|with|in|zu|auf|:|=|→|->)';
/** As `TO`, where what stands before it is not the end of a word. */
const IS = '(?: (?:to|into|as|with|in|zu|auf):? | ?(?::|=|→|->) ?)';
const LABEL = `(?:,? (?:with (?:the |a )?(?:label|text|answer)|label(?:l)?ed(?: as| with)?|if|when|in case(?: of)?|mit (?:der |dem )?(?:beschriftung|bezeichnung|label|text|antwort)|beschriftet(?: mit| als)?|wenn|falls|als|as):? (?<label>.+)| (?:on|for|via|bei|über) (?<on>${NAME})| \\((?<aside>[^()]+)\\))?`;
const FRAME = '(?:frame|group|section|rahmen|gruppe|bereich|abschnitt)';

type Groups = Record<string, string | undefined>;
type Build = (groups: Groups) => Command | null;

const labelOf = (groups: Groups): { label?: string } => {
  const label = groups['label'] ?? groups['on'] ?? groups['aside'] ?? groups['edge'];
  return label === undefined ? {} : { label };
};
const at = (groups: Groups, name: string): string => groups[name]?.trim() ?? '';

const nameFlow: Build = (groups) => ({ kind: 'name', name: at(groups, 'to') });
const label: Build = (groups) => ({
  kind: 'label',
  from: at(groups, 'a'),
  to: at(groups, 'b'),
  label: at(groups, 'to'),
});
const disconnect: Build = (groups) => ({
  kind: 'disconnect',
  from: at(groups, 'a'),
  to: at(groups, 'b'),
  ...labelOf(groups),
});
const connect: Build = (groups) => ({
  kind: 'connect',
  from: at(groups, 'a'),
  to: at(groups, 'b'),
  ...labelOf(groups),
});
const describe: Build = (groups) => ({ kind: 'describe', node: at(groups, 'n'), text: at(groups, 'to') });
const rename: Build = (groups) => {
  const title = at(groups, 'to').replace(/^(?:an?|eine[nrms]?|ein)\s+(?=\p{Lu})/u, '');
  return title === '' ? null : { kind: 'rename', node: at(groups, 'n'), title };
};
const retype: Build = (groups) => {
  const type = typeOfWords(at(groups, 'to'));
  return type ? { kind: 'retype', node: at(groups, 'n'), type } : null;
};
const frame: Build = (groups) => ({ kind: 'frame', nodes: at(groups, 'n'), frame: at(groups, 'to') });
const unframe: Build = (groups) => ({ kind: 'frame', nodes: at(groups, 'n'), frame: '' });
const move: Build = (groups) => {
  const place = parsePlace(at(groups, 'place'));
  return place && { kind: 'move', node: at(groups, 'n'), place };
};
const remove: Build = (groups) => ({ kind: 'remove', nodes: at(groups, 'n') });
const add: Build = (groups) => parseAdd(at(groups, 'n'));
/** Verbs that mean other things too: a place, a type or quotation marks must say that a node is meant. */
const addIfPlain: Build = (groups) => {
  const command = parseAdd(at(groups, 'n'));
  return command &&
    (command.place || hasName(at(groups, 'n')) || command.nodes.some(({ type }) => type !== null))
    ? command
    : null;
};
const layout: Build = (groups) => {
  const how = at(groups, 'how').toLowerCase();
  if (/horizontal|to right|nach rechts|waagerecht/.test(how)) return { kind: 'layout', direction: 'right' };
  return /vertical|vertikal|top|bottom|down|oben|unten|senkrecht/.test(how)
    ? { kind: 'layout', direction: 'down' }
    : { kind: 'layout' };
};

/** In the order in which they are tried: what is more special comes first. */
const PATTERNS: readonly [RegExp, Build][] = (
  [
    [
      `(?:auto-?)?(?:lay ?out|re-?arrange|arrange|tidy|clean ?up|clean|align|auto-?arrange|ordne|räume|räum|layoute|arrangiere|richte|sortiere)(?<how>(?: (?:up|out|the|this|my|it|all|everything|whole|flow|diagram|nodes|steps|canvas|layout|again|anew|automatically|nicely|neatly|afresh|from|to|left|right|top|bottom|horizontally|vertically|downwards|den|das|die|alles|alle|ablauf|diagramm|knoten|schritte|neu|automatisch|an|auf|aus|ordentlich|übersichtlich|von|nach|links|rechts|oben|unten|horizontal|vertikal|waagerecht|senkrecht|bitte))*)`,
      layout,
    ],
    ['(?:new layout|auto-?layout|neues layout|layout neu|neu anordnen|aufräumen)(?<how>)', layout],
    [
      '(?:fix|repair|resolve|solve|mend|correct|clear up|behebe|beheb|repariere|korrigiere|löse|beseitige|bereinige)(?: (?:all|any|the|these|those|its|remaining|open|every|of|alle|die|den|das|diese|offenen|übrigen|noch))*(?: (?:lint|linter|validation|flow|prüf|lint-))?(?: ?-?(?:issues?|problems?|errors?|warnings?|findings?|lint|lints|everything|it|flow|dead ends?|probleme?|fehler|hinweise?n?|warnungen|meldungen|lint-?(?:probleme?|fehler|hinweise|meldungen)|prüfhinweise|sackgassen|alles|ablauf))(?: .{0,60})?',
      () => ({ kind: 'fix' }),
    ],
    [`(?:rename|retitle|name|title|call|benenne|nenne) ${FLOW} (?:${TO} )(?<to>.+?)(?: um)?`, nameFlow],
    [`(?:name|call|title|nenne|benenne) ${FLOW} (?<to>.+?)(?: um)?`, nameFlow],
    [
      `(?:change|set|update|ändere?|setze?) (?:the |den )?(?:name|title|namen|titel) (?:of|des|vom|von) (?:dem |the |this |my |diesem )?(?:flow|flows|diagram|diagramms?|ablaufs?) ${TO} (?<to>.+?)(?: um)?`,
      nameFlow,
    ],
    [`(?:change|set) (?:the |this )?flow(?:'s|’s)? (?:name|title) to (?<to>.+)`, nameFlow],
    [
      `(?:delete|remove|clear|lösche|entferne) (?:the |die |das )?(?:label|beschriftung|bezeichnung) (?:of|on|from|der|des|von|an der) ${EDGE} (?:between|from|zwischen|von) (?<a>.+?) (?:and|to|und|zu|nach) (?<b>.+)`,
      (groups) => ({ kind: 'label', from: at(groups, 'a'), to: at(groups, 'b'), label: '' }),
    ],
    [
      `(?:(?:change|set|update|ändere|setze|ergänze|add) )?(?:the |die |das )?(?:label|beschriftung|bezeichnung)(?: (?:of|on|for|der|des|von|an der|für die) ${EDGE})? (?:between|from|zwischen|von) (?<a>.+?) (?:and|to|und|zu|nach) (?<b>.+?)${IS}(?<to>.+)`,
      label,
    ],
    [
      `(?:label|relabel|rename|name|call|beschrifte|benenne|nenne) ${EDGE} (?:between|from|zwischen|von) (?<a>.+?) (?:and|to|und|zu|nach) (?<b>.+?) (?:(?:to|as|with|into|mit|in|als) (?<to>.+?)|(?<q>${NAME}))(?: um)?`,
      (groups) => label({ ...groups, to: groups['to'] ?? groups['q'] }),
    ],
    [`(?:disconnect|unlink|detach|separate|trenne|löse) (?<a>.+?) (?:from|and|von|und) (?<b>.+)`, disconnect],
    [
      `(?:delete|remove|drop|erase|cut|lösche|entferne|kappe) ${EDGE} (?:between|from|zwischen|von|vom) (?<a>.+?) (?:and|to|und|zu|zum|zur|nach) (?<b>.+)`,
      disconnect,
    ],
    [
      `(?:draw|add|insert|create|make|füge|zeichne|ziehe|erstelle|ergänze) (?:an? |eine[n]? |the )?(?:new |neue[n]? )?(?:(?<edge>${NAME}) )?(?:edge|connection|arrow|link|transition|line|verbindung|kante|pfeil|linie)(?: (?:label(?:l)?ed|with (?:the )?label|mit (?:der )?beschriftung) (?<first>${NAME}))? (?:from|between|von|vom|zwischen) (?<a>.+?) (?:to|and|zu|zum|zur|nach|und) (?<b>.+?)${LABEL}(?: hinzu| ein)?`,
      (groups) => connect({ ...groups, label: groups['label'] ?? groups['first'] }),
    ],
    [
      `(?:connect|link|join|verbinde|verknüpfe) (?<a>.+?) (?:to|with|and then|and|→|->|mit|und|zu) (?<b>.+?)${LABEL}`,
      connect,
    ],
    [
      `(?:delete|remove|clear|lösche|entferne) (?:the |die )?(?:description|beschreibung) (?:of|from|for|von|des|der) (?<n>.+)`,
      (groups) => ({ kind: 'describe', node: at(groups, 'n'), text: '' }),
    ],
    [
      `(?:(?:set|change|update|setze|ändere) )?(?:the |die )?(?:description|beschreibung) (?:of|for|von|für|des|der) (?<n>.+?)${IS}(?<to>.+)`,
      describe,
    ],
    [
      `(?:add|write|give|füge|schreibe) (?:an? |the |eine |die )?(?:description|beschreibung) (?<to>${NAME}|.+?) (?:to|for|zu|für) (?<n>.+?)(?: hinzu)?`,
      describe,
    ],
    [`(?:describe|beschreibe) (?<n>.+?) (?:as|with|als|mit) (?<to>.+)`, describe],
    [
      `(?:set|change|ändere|setze) (?:the |den )?(?:type|typ|art) (?:of|von|des|der) (?<n>.+?) (?:to|into|in|auf|zu) (?<to>.+)`,
      retype,
    ],
    [
      `(?:change|turn|convert|transform|make|mark|ändere|wandle|wandel|verwandle|mache?|markiere) (?<n>.+?) (?:to|into|as|in|zu|als|zum|zur) (?:an? |eine[rnms]? |ein )?(?<to>[\\p{L}-]+(?: (?:step|node|action|job))?)(?: um)?`,
      retype,
    ],
    [`make (?<n>.+?) an? (?<to>[\\p{L}-]+(?: (?:step|node|action|job))?)`, retype],
    [
      `(?:set|change|update|setze|ändere) (?:the |den )?(?:title|name|text|wording|titel|namen) (?:of|von|des|der|vom) (?<n>.+?) ${TO} (?<to>.+?)(?: um)?`,
      rename,
    ],
    [`(?:set|change) (?<n>.+?)(?:'s|’s) (?:title|name) to (?<to>.+)`, rename],
    [
      `(?:rename|retitle|change|update|replace|benenne|nenne|ändere|ersetze) (?<n>.+?) (?:to|into|as|with|by|in|zu|auf|durch|→|->) (?<to>.+?)(?: um)?`,
      rename,
    ],
    [`(?:call|name|nenne) (?<n>.+?) (?<to>${NAME})`, rename],
    [
      `(?<n>.+?) (?:soll(?:te)? (?:jetzt |nun )?(?<to>.+?) heißen|should be (?:called|named|renamed to) (?<into>.+))`,
      (groups) => rename({ ...groups, to: groups['to'] ?? groups['into'] }),
    ],
    [
      `(?:move|take|remove|nimm|verschiebe|entferne) (?<n>.+?) (?:out of|from|aus) (?:its |the |their |dem |der |seinem |ihrem )?(?:${NAME} )?${FRAME}(?: .+?)?(?: heraus| raus)?`,
      unframe,
    ],
    [
      `(?:move|put|place|drag|add|verschiebe|schiebe|bewege|setze|packe|lege|füge) (?<n>.+?) (?:in|into|to|inside|zu|zum|zur) (?:the |an? |den |die |das |eine[n]? |der |dem )?(?:new |neue[n]? )?${FRAME}(?: (?:called|named|namens))? (?<to>.+?)(?: hinzu| ein)?`,
      frame,
    ],
    [
      `(?:move|put|place|drag|verschiebe|schiebe|bewege|packe|lege) (?<n>.+?) (?:in|into|to|inside) (?:the |den |die |das )?(?<to>.+?) ${FRAME}`,
      frame,
    ],
    [
      `(?:group|gruppiere) (?<n>.+?) (?:as|into|in|under|als|unter|zu) (?:the |an? |den |die |eine[rn]? )?(?:${FRAME} )?(?<to>.+)`,
      frame,
    ],
    [
      `(?:move|put|place|drag|verschiebe|schiebe|bewege) (?<n>.+?) (?<place>(?:right |directly |direkt |gleich )?(?:after|before|behind|between|to the end|to the beginning|to the start|nach|vor|hinter|zwischen|ans ende|an den anfang)(?: .+)?)`,
      move,
    ],
    [
      `(?:delete|remove|drop|erase|get rid of|take out|throw out|eliminate|lösche|entferne|streiche|wirf) (?<n>.+?)(?: weg| raus| heraus| from (?:the|this) flow| aus dem (?:flow|ablauf))?`,
      remove,
    ],
    [`(?:add|insert|append|introduce|füge) (?<n>.+?)(?: hinzu| ein| dazu| an)?`, add],
    [
      `(?:put|place|include|create|draw|ergänze|erstelle|setze|lege|zeichne|baue) (?<n>.+?)(?: hinzu| ein| an)?`,
      addIfPlain,
    ],
    [
      `(?:there (?:should|must|has to) be|there's|there is|(?:we|i) (?:also )?(?:need|want)|(?:wir|ich) (?:brauchen?|benötigen?)(?: noch)?) (?<n>.+?)(?: missing)?`,
      (groups) => {
        const command = parseAdd(at(groups, 'n'));
        return command?.place && (hasName(at(groups, 'n')) || command.nodes.some(({ type }) => type !== null))
          ? command
          : null;
      },
    ],
    [
      `(?<place>(?:nach|vor|hinter|zwischen) .+?) (?:soll(?:te)?|fehlt)(?: noch)? (?<n>.+?)(?: kommen| stehen| folgen| hin| rein)?`,
      (groups) => {
        const place = parsePlace(at(groups, 'place'));
        const command = parseAdd(at(groups, 'n'));
        return place && command && !command.place ? { ...command, place } : null;
      },
    ],
  ] satisfies [string, Build][]
).map(([source, build]): [RegExp, Build] => [new RegExp(`^${source}$`, 'iu'), build]);

const LEAD =
  /^(?:(?:please|bitte|kindly|now|jetzt|nun|also|auch|then|dann|next|danach|anschließend|finally|zuletzt|zum schluss|first|zuerst|and|und|ok|okay|hey|hi|hello|hallo|so|well|außerdem|zusätzlich|afterwards|just|nur|designer)[,:!]?\s+)+/iu;
const WISH =
  /^(?:(?:can|could|would|will) you(?: please)?|i(?:['’]d| would) like (?:you )?to|i want (?:you )?to|i need you to|let['’]?s|let us|you (?:should|must|need to)|we (?:should|need to|have to|must)|(?:kannst|könntest|würdest|magst) du(?: bitte)?(?: mir)?(?: mal)?|können sie(?: bitte)?|(?:ich möchte|ich will|wir wollen|wir möchten|wir sollten|wir müssen|du sollst)(?: bitte)?)\s+/iu;
const TRAIL = /(?:[,\s]+(?:please|bitte|for me|for us|thanks|thank you|danke|too|as well))+$/iu;
const FORMAL =
  /^(füge|lösche|entferne|benenne|nenne|ändere|verbinde|verknüpfe|trenne|setze|ergänze|erstelle|verschiebe|mache|behebe|ordne|räume|beschrifte|ersetze|lege|streiche|wandle)n? sie\s+/iu;
/** Imperatives without their last letter. */
const SHORT =
  /^(füg|lösch|entfern|benenn|nenn|änder|verbind|verknüpf|trenn|setz|ergänz|erstell|verschieb|mach|beheb|ordn|beschrift|ersetz|leg|streich|zeichn|beschreib)(?= )/iu;
/** Infinitives that stand last, as imperatives that stand first. */
const INFINITIVES: readonly [RegExp, string][] = (
  [
    ['(?:hinzufügen|einfügen|dazufügen|hinzuzufügen|einzufügen|einsetzen|einbauen|ergänzen)', 'füge'],
    ['(?:löschen|entfernen|streichen)', 'lösche'],
    ['(?:umbenennen|umzubenennen)', 'benenne'],
    ['(?:verbinden|verknüpfen)', 'verbinde'],
    ['verschieben', 'verschiebe'],
    ['trennen', 'trenne'],
    ['(?:ändern|umwandeln)', 'ändere'],
    ['(?:beheben|reparieren|korrigieren)', 'behebe'],
    ['(?:anordnen|aufräumen)', 'ordne'],
    ['beschriften', 'beschrifte'],
    ['setzen', 'setze'],
  ] as const
).map(([ending, verb]): [RegExp, string] => [new RegExp(`^(.+?) (?:zu )?${ending}$`, 'iu'), verb]);
/** "After Y, add X" as "add X after Y". */
const PLACE_FIRST = new RegExp(
  '^((?:right |directly |direkt )?(?:after|before|between|behind|nach|vor|zwischen|hinter) .+?),? ((?:please |bitte )?(?:add|insert|put|place|create|füge|ergänze|setze) .+?)( hinzu| ein)?$',
  'iu',
);

/** The longest fragment that may be a command, in characters with masked names. */
const LONGEST = 500;

/** One command, or null when the words are not one. The text is masked. */
export function parseCommand(fragment: string): Command | null {
  if (fragment.length > LONGEST) return null;
  let text = fragment
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/[\s.!?;,]+$/u, '');
  text = text
    .replace(LEAD, '')
    .replace(WISH, '')
    .replace(LEAD, '')
    .replace(TRAIL, '')
    .replace(FORMAL, '$1 ')
    .replace(SHORT, '$1e');
  text = text.replace(/^(\p{L}+) (?:bitte|mal|mir|noch|also|auch) /iu, '$1 ');
  const first = PLACE_FIRST.exec(text);
  if (first) text = `${first[2]} ${first[1]}`.replace(LEAD, '');
  for (const [pattern, verb] of INFINITIVES) {
    const match = pattern.exec(text);
    if (match && !/^(?:füge|lösche|benenne|verbinde|ändere|add|rename|change)\s/iu.test(text)) {
      text = `${verb} ${match[1]}`;
      break;
    }
  }
  for (const [pattern, build] of PATTERNS) {
    const match = pattern.exec(text);
    const command = match && build(match.groups ?? {});
    if (command) return command;
  }
  return null;
}
