import {
  ADVERBS,
  ARTICLES,
  BE,
  HAVE,
  MODALS,
  NEGATIONS,
  PREPOSITIONS,
  PRONOUNS,
  SEPARABLE,
  WERDEN,
} from './words.ts';

const PRESENT: ReadonlyMap<string, string> = new Map(
  `gibt geben|nimmt nehmen|sieht sehen|liest lesen|trifft treffen|spricht sprechen|wirft werfen|hilft helfen|
vergisst vergessen|lädt laden|hält halten|fällt fallen|läuft laufen|schlägt schlagen|trägt tragen|fährt fahren|lässt lassen|bricht brechen|tritt treten|gilt gelten|
stößt stoßen|wächst wachsen|weiß wissen|tut tun|fängt fangen|rät raten|empfiehlt empfehlen|stirbt sterben|isst essen|misst messen|erlischt erlöschen|bietet bieten|bittet bitten|
schließt schließen|heißt heißen|löst lösen|weist weisen|liegt liegen|passt passen|lautet lauten|wählt wählen|setzt setzen|sitzt sitzen|nutzt nutzen|steht stehen|geht gehen|gab geben|ging gehen|kam kommen|
sammelt sammeln|wechselt wechseln|öffnet öffnen|zeigt zeigen|zieht ziehen|beginnt beginnen|beendet beenden|endet enden|sendet senden|findet finden|bindet binden|meldet melden|lädst laden|stellt stellen|teilt teilen|zahlt zahlen|
füllt füllen|prüft prüfen|erhält erhalten|verfällt verfallen|verlässt verlassen|enthält enthalten|gefällt gefallen|verspricht versprechen|vorliegt vorliegen|geschieht geschehen|wäscht waschen|bläst blasen|gräbt graben|schläft schlafen|stiehlt stehlen|wirbt werben|verdirbt verderben|befiehlt befehlen|brät braten|backt backen|frisst fressen|gießt gießen`
    .split('|')
    .map((pair) => pair.trim().split(' ') as [string, string]),
);

const INFINITIVES: ReadonlySet<string> = new Set(PRESENT.values());

const PARTICIPLES: ReadonlyMap<string, string> = new Map(
  `geschlossen schließen|gebrochen brechen|genommen nehmen|gegeben geben|gezogen ziehen|geschrieben schreiben|gelesen lesen|gesehen sehen|
getroffen treffen|gesprochen sprechen|geworfen werfen|gefunden finden|gebunden binden|gehalten halten|gefallen fallen|gelaufen laufen|geschlagen schlagen|getragen tragen|gelassen lassen|getan tun|
gegangen gehen|gestanden stehen|gekommen kommen|gewesen sein|geworden werden|gehoben heben|geboten bieten|geladen laden|gesandt senden|gebracht bringen|gewonnen gewinnen|geloren lieren|geschnitten schneiden|
gewiesen weisen|gestiegen steigen|geblieben bleiben|gerufen rufen|geschoben schieben|gebeten bitten|getreten treten|gewusst wissen|gekannt kennen|genannt nennen|geschieden scheiden|gonnen ginnen|begonnen beginnen|
gefangen fangen|gegessen essen|vergessen vergessen|gestrichen streichen|genehmigt genehmigen|geraten raten|gewandt wenden|gemessen messen|gesetzt setzen|gelegt legen|gestellt stellen|gesungen singen|gesprungen springen|gelöscht löschen|gegriffen greifen|getrieben treiben|geglichen gleichen|geschehen geschehen|gewogen wiegen|gestohlen stehlen|gefahren fahren|geliehen leihen|geprüft prüfen|gesperrt sperren`
    .split('|')
    .map((pair) => pair.trim().split(' ') as [string, string]),
);

const INSEPARABLE = [
  'be',
  'ver',
  'er',
  'ent',
  'emp',
  'zer',
  'über',
  'unter',
  'wider',
  'miss',
  'hinter',
  'um',
  'durch',
];

/** Lower-case words that end like verbs and are none. */
const NO_VERBS = new Set(
  `nicht direkt sofort selbst jetzt dort zuerst zunächst zuletzt oft fast meist erst bereits unbekannt bekannt recht echt leicht schlecht gut fest fertig bereit laut statt
  seit mit samt nebst insgesamt dadurch bestimmt berechtigt vorhanden offen eigen eben neben zusammen außen innen oben unten hinten vorn vorne einen keinen meinen deinen seinen ihren unseren allen
  diesen jenen welchen den denen wegen gegen zwischen innen sonst andernfalls ansonsten falls wenn als ebenfalls gemeinsam zwischendurch möglichst nächst höchst längst selten verschieden
  zufrieden trocken golden beiden anderen ersten zweiten dritten letzten nächsten neuen alten freien fehlt? frei weit zeit hundert tausend viert fünft zeitgleich getrennt befugt
  spät konkret defekt korrekt privat separat direkten leer sicher einmalig später weiter wieder nieder über unter oder aber leider immer bitte heute ohne eine keine meine seine ihre unsere alle
  diese jene welche viele wenige einige mehrere beide andere gerne ferne danke möglich nötig gültig ungültig falsch richtig alleine lange kurze solange besetzt ausverkauft kaputt eingeloggt angemeldet`.split(
    /\s+/,
  ),
);

export const isFunctionWord = (low: string): boolean =>
  ARTICLES.has(low) ||
  PRONOUNS.has(low) ||
  PREPOSITIONS.has(low) ||
  ADVERBS.has(low) ||
  NEGATIONS.has(low) ||
  ['und', 'oder', 'sowie', 'dass', 'wenn', 'falls', 'ob'].includes(low);

export const isAuxiliary = (low: string): boolean =>
  BE.has(low) || WERDEN.has(low) || HAVE.has(low) || MODALS.has(low);

/** Infinitive of a finite form, by table or by ending. */
export function infinitive(low: string): string {
  const known = PRESENT.get(low);
  if (known) return known;
  for (const prefix of SEPARABLE) {
    const rest = low.slice(prefix.length);
    const inner = low.startsWith(prefix) ? PRESENT.get(rest) : undefined;
    if (inner) return prefix + inner;
  }
  for (const prefix of INSEPARABLE) {
    const rest = low.slice(prefix.length);
    const inner = low.startsWith(prefix) ? PRESENT.get(rest) : undefined;
    if (inner) return prefix + inner;
  }
  if (/(?:en|ern|eln)$/.test(low)) return low;
  if (
    /(?:[^aeiouäöü]el|[^e]er)t$/.test(low) &&
    !/(?:führ|hör|stör|spar|sperr|klär|wehr|kehr|ehr|bohr|fahr|ier|spür|irr)t$/.test(low)
  )
    return `${low.slice(0, -1)}n`;
  if (/(?:[dt]|[bcdfgkpstz]n|chn|[bcdfgkpst]m)et$/.test(low)) return `${low.slice(0, -2)}en`;
  if (low.endsWith('t')) return `${low.slice(0, -1)}en`;
  if (/(?:le|re)$/.test(low) && /[^aeiouäöülrh][lr]e$/.test(low))
    return `${low.slice(0, -2)}e${low.at(-2) ?? ''}n`;
  if (low.endsWith('e')) return `${low}n`;
  return low;
}

/** Infinitive of a past participle, or null for another word. */
export function fromParticiple(low: string): string | null {
  const known = PARTICIPLES.get(low);
  if (known) return known;
  for (const prefix of SEPARABLE) {
    const rest = low.slice(prefix.length);
    if (low.startsWith(prefix) && rest.startsWith('ge') && rest.length > 4) {
      const inner = fromParticiple(rest);
      if (inner) return prefix + inner;
    }
    if (
      low.startsWith(prefix) &&
      prefix.length > 1 &&
      INSEPARABLE.some((other) => rest.startsWith(other) && rest.length > other.length + 2) &&
      rest.endsWith('t') &&
      prefix !== 'über' &&
      prefix !== 'unter' &&
      prefix !== 'an'
    )
      return prefix + infinitive(rest);
  }
  if (low.startsWith('ge') && low.length > 5) {
    if (low.endsWith('t')) return infinitive(low.slice(2));
    return low.endsWith('en') ? low.slice(2) : null;
  }
  if (low.endsWith('iert')) return `${low.slice(0, -1)}en`;
  for (const prefix of INSEPARABLE) {
    const rest = low.slice(prefix.length);
    if (!low.startsWith(prefix) || rest.length < 3) continue;
    if (rest === 'sandt') return `${prefix}senden`;
    const strong = PARTICIPLES.get(`ge${rest}`);
    if (strong) return prefix + strong;
    if (rest.endsWith('t')) return infinitive(low);
    const listed = PARTICIPLES.get(rest);
    if (listed) return prefix + listed;
  }
  return null;
}

/** Whether a lower-case word has the form of a finite verb or infinitive; its place decides. */
export function verbLike(low: string): boolean {
  if (isAuxiliary(low) || PRESENT.has(low)) return true;
  if (low.length < 3 || isFunctionWord(low) || NO_VERBS.has(low)) return false;
  return /(?:t|en|ern|eln|e)$/.test(low);
}

/** The form of a third person singular or of a strong verb: no adjective looks like that before a noun. */
export const finiteT = (low: string): boolean =>
  PRESENT.has(low) || isAuxiliary(low) || (verbLike(low) && low.endsWith('t'));

/** Whether a word stands in one of the tables of irregular forms. */
export const isListedVerb = (low: string): boolean =>
  PRESENT.has(low) || PARTICIPLES.has(low) || INFINITIVES.has(low) || NO_VERBS.has(low);
