/**
 * What titles and labels say, recognised by a few whole words in English and German. A guess: rules built on it
 * are warnings at most, and anything said explicitly (trigger, screen state) wins over it.
 */
const wholeWord = (alternatives: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives})(?![\\p{L}\\p{N}])`, 'iu');

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

/** True for the title of a step in which somebody sends a form that can be wrong. */
export function soundsLikeSubmit(title: string): boolean {
  return SENDS_A_FORM.test(title) && !IS_OVER.test(title);
}

/** True for the label of a branch that is taken when something went wrong. */
export function soundsLikeError(label: string): boolean {
  return IS_ERROR.test(label);
}
