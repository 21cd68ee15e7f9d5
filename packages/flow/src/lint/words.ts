/**
 * What titles and labels say, recognised by a few whole words in English and German. A guess: rules built on it
 * are warnings at most, and anything said explicitly (trigger, screen state) wins over it.
 */
const wholeWord = (alternatives: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives})(?![\\p{L}\\p{N}])`, 'iu');
const only = (alternatives: string): RegExp => new RegExp(`^(?:${alternatives})[.!…]*$`, 'iu');

const SENDS_A_FORM = wholeWord(
  'submit|sign[ -]?up|sign[ -]?in|log[ -]?in|login|register|check ?out|place order|pay|payment|fill (?:in|out)|' +
    'enter (?:the |their |your |an? )?(?:code|password|e-?mail|card|address|name|details)|' +
    'absenden|abschicken|anmelden|anmeldung|einloggen|registrieren|registrierung|bezahlen|ausfüllen|eingeben',
);
const IS_OVER = wholeWord(
  'success|successful|successfully|complete|completed|done|confirmation|confirmed|thank(?:s| you)|failed|blocked|' +
    'welcome|signed|registered|submitted|paid|erfolg|erfolgreich|abgeschlossen|bestätigung|danke|fehlgeschlagen|gesperrt',
);
const IS_ERROR = wholeWord(
  'error|errors|fail|fails|failed|failure|invalid|incorrect|wrong|rejected|declined|denied|expired|taken|no|not|' +
    'fehler|fehlerhaft|ungültig|falsch|abgelehnt|abgelaufen|fehlgeschlagen|nein|nicht',
);
const DESTROYS = wholeWord(
  '(?:permanently )?delete|erase|wipe|deactivate|' +
    '(?:cancel|close|terminate) (?:the |my |your |their |this )?(?:subscription|account|membership|contract|order|booking)|' +
    'löschen|lösche|löscht|kündigen|kündige|kündigt|deaktivieren',
);
const GERMAN_DESTROYS = wholeWord('löschen|lösche|löscht|kündigen|kündige|kündigt|deaktivieren');
const CONFIRMS = wholeWord(
  'confirm|confirms|confirmation|are you sure|sure|really|warning|verify|review|check|' +
    'bestätigen|bestätigt|bestätigung|wirklich|sicher|warnung|prüfen',
);
const TAKES_BACK = wholeWord(
  'undo|restore|recover|trash|recycle bin|grace period|rückgängig|wiederherstellen|papierkorb',
);
const ORDERS = wholeWord(
  'place (?:the |your |an )?order|order now|buy now|complete (?:the |your )?(?:order|purchase)|' +
    'zahlungspflichtig bestellen|jetzt (?:kaufen|bestellen)|bestellung (?:abschicken|aufgeben)',
);
const REVIEWS = wholeWord(
  'review|reviews|summary|overview|cart|basket|check (?:the |your |their )?(?:order|answers|details|data)|' +
    'confirm|confirms|order details|total|' +
    'prüfen|prüft|übersicht|zusammenfassung|warenkorb|bestätigen|bestätigt|gesamtbetrag',
);
const WAITS = wholeWord(
  'load|loads|loading|splash|wait|waits|waiting|process|processing|redirect|redirects|redirecting|progress|spinner|' +
    'searching|checking|saving|uploading|lädt|laden|ladebildschirm|warten|wartet|weiterleitung|verarbeitung',
);
const GESTURE = wholeWord(
  'swipe|swipes|drag|drags|dragging|drag and drop|pinch|shake|wischen|wischt|ziehen|zieht|schütteln',
);
const PUZZLE = wholeWord(
  're-?captcha|h?captcha|puzzle|image challenge|security question|sicherheitsfrage|bilderrätsel',
);
const FIELD_TO_REPEAT = wholeWord('password|passwort|kennwort|code|pin|otp|captcha|search|suche|suchen');
const VAGUE = only(
  'click|click here|here|tap|tap here|press here|link|button|more|hier|hier klicken|klick|klicken|klicke hier|mehr|knopf',
);
const PLACEHOLDER = only(
  'new (?:screen|action|decision\\??|system step|sub-?flow|step|node|page)|untitled|unnamed|to ?do|tbd|xxx+|' +
    'placeholder|lorem ipsum.*|(?:screen|page|step|action|decision|node|sub-?flow)(?: ?#?\\d+)?|' +
    'neuer? (?:bildschirm|schritt|seite|aktion|entscheidung)|unbenannt|platzhalter|' +
    '(?:bildschirm|seite|schritt|aktion|entscheidung)(?: ?#?\\d+)?',
);
const BARE_END = only('|end|the end|stop|finish|finished|exit|fin|ende|schluss|fertig');

/** True for the title of a step in which somebody sends a form that can be wrong. */
export function soundsLikeSubmit(title: string): boolean {
  return SENDS_A_FORM.test(title) && !IS_OVER.test(title);
}

/** True for the label of a branch that is taken when something went wrong. */
export function soundsLikeError(label: string): boolean {
  return IS_ERROR.test(label);
}

/** True for words by which people lose data, a contract or an account. */
export function soundsDestructive(words: string): boolean {
  return DESTROYS.test(words);
}

/** True when the words that destroy are German ones. */
export function destroysInGerman(words: string): boolean {
  return GERMAN_DESTROYS.test(words);
}

/** True for a step that asks once more before something happens. */
export function soundsLikeConfirming(title: string): boolean {
  return CONFIRMS.test(title);
}

/** True for a step by which something lost is brought back. */
export function soundsLikeUndo(title: string): boolean {
  return TAKES_BACK.test(title);
}

/** True for a step in which people order something for money. */
export function soundsLikeOrdering(title: string): boolean {
  return ORDERS.test(title) && !IS_OVER.test(title);
}

/** True for a step in which people see what they are about to send. */
export function soundsLikeReview(title: string): boolean {
  return REVIEWS.test(title);
}

/** True for a screen that people only look at until the system is done. */
export function soundsLikeWaiting(title: string): boolean {
  return WAITS.test(title);
}

/** True for what is done with a dragging or path-based movement. */
export function soundsLikeGesture(label: string): boolean {
  return GESTURE.test(label);
}

/** True for a step that makes people solve, transcribe or remember something to get in. */
export function soundsLikePuzzle(title: string): boolean {
  return PUZZLE.test(title);
}

/** True for a field that is rightly asked for again: for safety, or because it is another search. */
export function mayBeAskedAgain(label: string): boolean {
  return FIELD_TO_REPEAT.test(label);
}

/** True for a label that says nothing about where it leads. */
export function isVagueLabel(label: string): boolean {
  return VAGUE.test(label.trim());
}

/** True for a title that still waits for its real words. */
export function isPlaceholderTitle(title: string): boolean {
  return PLACEHOLDER.test(title.trim());
}

/** True for the title of an end that says nothing but that the flow ends. */
export function isBareEnd(title: string): boolean {
  return BARE_END.test(title.trim());
}
