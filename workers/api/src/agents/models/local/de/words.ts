import { phrases, wordSet } from '../text/tokens.ts';

/** German words that carry structure. Nothing here names a product or its trade. */

export const ARTICLES =
  wordSet(`der die das den dem des ein eine einen einem einer eines dieser diese dieses diesen diesem jener jene jenes jenen
  mein meine meinen meinem meiner dein deine sein seine seinen seinem seiner seines ihr ihre ihren ihrem ihrer ihres unser unsere unseren unserem unserer
  ne nen nem kein keine keinen keinem keiner keines alle allen aller jede jeder jedes jeden jedem beide beiden beider welche welcher welches welchen solche mehrere einige einigen manche`);
export const NOMINATIVE = wordSet('er sie es wir ich man ihr du jemand niemand wer');
export const PRONOUNS =
  wordSet(`er sie es wir ich man du ihn ihm ihr ihnen uns mich mir dich dir euch sich jemand jemanden niemand niemanden wer was dies das diese diesen dieser dieses
  denen deren dessen nichts etwas keines keiner keinen keine beides alles welche`);
export const RECIPIENTS = wordSet('ihm ihr ihnen mir uns dir euch sich mich dich');
export const PREPOSITIONS =
  wordSet(`in im ins an am ans auf aus bei beim mit nach von vom vor zu zum zur für fürs über unter durch gegen ohne um bis ab seit während wegen trotz
  per via innerhalb außerhalb binnen zwischen hinter neben gemäß laut statt anstatt pro`);
export const BE = wordSet('ist sind war waren sei wäre wären bin');
export const WERDEN = wordSet('wird werden wurde wurden werde würde würden');
export const HAVE = wordSet('hat haben hatte hatten habe');
export const MODALS: ReadonlyMap<string, 'can' | 'may' | 'must' | 'want' | 'will'> = new Map([
  ['kann', 'can'],
  ['können', 'can'],
  ['könnte', 'can'],
  ['könnten', 'can'],
  ['darf', 'can'],
  ['dürfen', 'can'],
  ['muss', 'must'],
  ['müssen', 'must'],
  ['müsste', 'must'],
  ['soll', 'must'],
  ['sollen', 'must'],
  ['sollte', 'must'],
  ['sollten', 'must'],
  ['will', 'want'],
  ['wollen', 'want'],
  ['möchte', 'want'],
  ['möchten', 'want'],
  ['mag', 'want'],
  ['mögen', 'want'],
  ['wolle', 'want'],
]);
export const NUMBERS = wordSet('zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig');
export const NEGATIONS = wordSet(
  'nicht kein keine keinen keinem keiner keines nie niemals niemand niemanden nichts weder',
);
export const ADVERBS =
  wordSet(`dann danach anschließend zuerst zunächst zuletzt schließlich nun jetzt hier dort daraufhin darauf dabei damit dazu daher deshalb deswegen also auch
  noch schon bereits nur erst gerade gleich sofort direkt automatisch wieder erneut nochmals nochmal abermals endlich außerdem zudem ebenfalls stattdessen
  sonst ansonsten andernfalls gleichzeitig parallel währenddessen inzwischen zwischendurch später vorher zuvor einfach optional ggf. ggf eventuell evtl. gegebenenfalls
  immer oft manchmal meist meistens normalerweise üblicherweise weiter weiterhin zurück zusätzlich ferner nachher hierzu hierfür dafür davon davor daran darin darauf heraus so selbst
  ja nein bitte kurz lang einmal zweimal dreimal nämlich zwar jedoch aber doch wohl etwa circa ca. mindestens höchstens maximal max. insgesamt zusammen gemeinsam
  manuell online jederzeit zukünftig künftig heute morgen gestern rechtzeitig spätestens frühestens zeitgleich zugleich unmittelbar umgehend abschließend letztlich allerdings erstmals
  entweder hingegen dagegen andererseits sobald trotzdem dennoch zurzeit derzeit möglichst genau ungefähr beispielsweise z. z.b. bspw. nebenbei übrigens vorab anschliessend`);
export const LEADS =
  phrases(`zum schluss|zu guter letzt|am ende|am schluss|zum abschluss|als erstes|als nächstes|als letztes|im anschluss|im anschluss daran|
  im nächsten schritt|im ersten schritt|im letzten schritt|in diesem schritt|zu beginn|am anfang|von dort|von dort aus|im hintergrund|nach wie vor|darüber hinaus|unter anderem|so weit|in der folge|dort angekommen|im weiteren verlauf`);
export const IN_BRANCH = phrases(
  'in diesem fall|in dem fall|in diesen fällen|für diesen fall|in so einem fall|dann nämlich',
);
export const ANYWAY = phrases(
  'in beiden fällen|in jedem fall|auf jeden fall|in allen fällen|so oder so|so und so|unabhängig davon|wie auch immer',
);
export const PARALLEL = phrases(
  'gleichzeitig|parallel dazu|parallel|zeitgleich|zur gleichen zeit|zur selben zeit|im gleichen moment|zugleich',
);
export const AGAIN = phrases(
  'erneut|noch einmal|noch mal|nochmals|nochmal|abermals|von neuem|aufs neue|ein weiteres mal|ein zweites mal|wieder|wiederum|neu',
);
export const DIRECT = phrases('direkt|sofort|gleich|unmittelbar|umgehend');
export const ELSE = phrases(
  'sonst|ansonsten|andernfalls|anderenfalls|wenn nicht|falls nicht|wenn nein|falls nein|im anderen fall|anderes|alle anderen|alle übrigen|in allen anderen fällen|sofern nicht|im übrigen',
);
export const IF = phrases(
  'wenn|falls|sofern|sollte|insofern|angenommen|vorausgesetzt|vorausgesetzt dass|im fall dass|für den fall dass|nur wenn|nur falls|im falle dass',
);
export const MEANWHILE = phrases('solange|soweit');
export const WHETHER = phrases('ob');
export const WHEN = phrases('sobald|nachdem|bevor|ehe|während|seit|sooft|jedes mal wenn|immer wenn');
export const UNTIL = phrases('bis');
export const REASON = phrases(
  'egal wie|egal ob|egal was|egal wer|gleichgültig wie|gleichgültig ob|weil|damit|da|obwohl|sodass|so dass|dass|denn|um|indem|ohne dass|wodurch|weshalb|weswegen|wohingegen|anstatt|zumal|was',
);
export const UNLESS = phrases('es sei denn|außer wenn|außer|ausgenommen|es sei denn dass|außer falls');
export const OPTIONAL = phrases(
  'optional|ggf.|ggf|gegebenenfalls|bei bedarf|auf wunsch|wenn gewünscht|falls gewünscht|wenn nötig|falls nötig|falls gewollt|wahlweise|wer mag|wer möchte|wer will|wenn erforderlich|falls erforderlich|eventuell|evtl.|nach wunsch|freiwillig',
);
export const LATTER = phrases('im letzteren fall|in letzterem fall|im zweiten fall');
export const SEPARABLE =
  `ab an auf aus bei ein fest fort frei heraus herein hinaus hinein hinzu her hin los mit nach nieder statt um vor weg weiter wieder zurück zusammen bereit
  fehl teil hoch herunter hinunter runter voran vorbei dar gegenüber entgegen durch kennen fertig bekannt krank stumm scharf gut still heim zu offen leer gleich bloß quer rein raus rüber über unter`
    .trim()
    .split(/\s+/);
export const SEPARABLE_SET: ReadonlySet<string> = new Set(SEPARABLE);
