import type { Lexicon } from '../lexicon.ts';
import { capital, join, wordSet } from '../text/tokens.ts';
import { isFunctionWord } from './verbs.ts';
import { ARTICLES } from './words.ts';

export const GERMAN: Lexicon = {
  language: 'de',
  yes: 'ja',
  no: 'nein',
  show: wordSet(
    'zeigen anzeigen erscheinen einblenden sehen ausgeben darstellen präsentieren folgen aufgehen angezeigt',
  ),
  open: wordSet('öffnen aufrufen aufgehen starten laden'),
  reach: wordSet(
    'gelangen landen kommen gehen besuchen weiterleiten leiten führen betreten aufrufen zurückkehren wechseln navigieren ansehen umleiten bringen zurückkommen zurückgehen zurückgelangen',
  ),
  receive: wordSet('erhalten bekommen kriegen empfangen'),
  end: wordSet('enden beenden aufhören stoppen abschließen'),
  resume: wordSet('weitergehen weitermachen fortfahren weiterlaufen fortsetzen'),
  ask: wordSet('fragen bitten auffordern abfragen nachfragen verlangen'),
  offer: wordSet('anbieten vorschlagen'),
  check: wordSet(
    'prüfen überprüfen kontrollieren schauen nachsehen feststellen ermitteln entscheiden checken validieren verifizieren untersuchen testen abhängen',
  ),
  choose: wordSet('wählen auswählen aussuchen entscheiden heraussuchen'),
  closing: wordSet(
    'stornieren abbrechen schließen verfallen ablaufen ablehnen sperren löschen erstatten zurückerstatten aufgeben zurückweisen beenden verwerfen kündigen widerrufen zurückzahlen entziehen auslaufen zurückziehen abweisen blockieren archivieren',
  ),
  leave: wordSet('verlassen ignorieren gehen abmelden'),
  wait: wordSet('warten abwarten'),
  bad: /^(?:falsch\w*|fehl(?:t|en|schlägt|schlagen|geschlagen|er|erhaft\w*|versuch\w*|eingabe\w*)?|fehlschlägt|ungültig\w*|abgelehnt\w*|ablehnt|ablehnen|abgelaufen\w*|abläuft|verfallen|verfällt|unbekannt\w*|unlesbar\w*|scheitert?|scheitern|gescheitert|negativ\w*|weiter|weiterhin|schlecht\w*|defekt\w*|unscharf\w*|unscharfe\w*|verweiger\w*|gesperrt\w*|fehlerhaft\w*|unvollständig\w*|zurückgewiesen|misslingt|misslungen|kaputt|überschritten|widerspr\w+|beanstandet\w*|beschädigt\w*|unzureichend\w*|unpassend\w*|ausverkauft|vergriffen|belegt|unzustellbar\w*|inkorrekt\w*|geschlossen|verspätet|ausgebucht|zurückgegeben|unleserlich\w*|durchgefallen|erfolglos\w*|un(?!s|d|ter|gefähr|mittelbar|gern)\p{Ll}{3,}(?:t|ar|ig|ich|en|am|end|ell)(?:e[nrsm]?)?)$/u,
  badVerb:
    /^(?:durchfallen|abweichen|scheitern|fehlschlagen|ablehnen|ablaufen|verfallen|verweigern|widersprechen|abbrechen|misslingen|fehlen|ausfallen|platzen|versagen|stornieren)$/,
  good: /^(?:richtig\w*|korrekt\w*|gültig\w*|erfolgreich\w*|erfolg\w*|klappt|gelingt|gelungen|bestätigt|angenommen|genehmigt\w*|genehmigt|bekannt\w*|gefunden|frei|freie[nrs]?|verfügbar\w*|vorrätig\w*|stimm(?:t|en)|passt?|passen|ok|okay|positiv\w*|bestanden|akzeptiert|zustimmt|einverstanden|erreicht|ordnung|erkannt|behoben|vorhanden|lieferbar\w*|vollständig\w*|zulässig\w*|freigegeben|bewilligt|geklappt|erfüllt|geeignete?[nrs]?|angekommen|eingegangen)$/,
  place:
    /(?:seite|startseite|formular|dialog|liste|übersicht|maske|fenster|ansicht|bereich|portal|startbildschirm|bildschirm|menü|dashboard|raum|chat|kanal|wizard|assistent|kalender|galerie|profil|konfigurator|postfach|intranet|kasse|screen|page|editor|website|webseite|karte?nansicht|lobby|startansicht|verlauf|verfolgung|einstellungen|reiter|tab)$/i,
  message:
    /(?:meldung|hinweis|hinweise|warnung|fehler|nachricht|mitteilung|code|nummer|banner|popup|tipp|info|text|benachrichtigung|status)$/i,
  sent: /(?:e-mail|email|mail|sms|bestätigung|erinnerung|benachrichtigung|quittung|beleg|newsletter|push|rechnung|tan)$/i,
  system:
    /^(?:wir|system|app|anwendung|server|dienst|plattform|bank|software|website|seite|tool|backend|api|bot|es|shop|datenbank|filter|router|scanner|drucker|rechner|computer|automat|terminal|assistent|gerät|roboter|browser|programm|timer|zähler|portal|kamera|uns)$/i,
  person:
    /^(?!\p{L}*(?:nummer|fehler|server|drucker|scanner|ordner|filter|router|zähler|timer|computer|rechner|koffer|fenster|zimmer|kalender|newsletter|container|schalter|muster|poster|theater|lager|wetter|wasser|messer|steuer|dauer|kammer|papier|zertifikat|termin|magazin|medizin|dokument|element|moment|segment|abonnement|event|frist|liste|restaurant|zubehör|register|banner|fahrer-app|alter|bilder|felder|güter|ämter|räder|fächer|bücher|blätter|länder|häuser|schilder|kinder-app|parameter|charakter|marker|sticker|ticker|wecker|stecker|speicher|becher|teller|finger|körper|eimer|ufer|feier|trailer|browser|fernseher|receiver|empfänger-adresse|download-ordner|konfigurator|generator|motor|sensor|monitor|faktor|editor|prozent|kontingent|wochenende|legende|warenkörbe|gutschein|schein|verein|bein|stein|wein|karte|tür|gebühr|prüfer-app)$)(?!(?:\p{L}*(?:monats|jahres|wochen|vertrags|quartals|tages|frist|laufzeit|spiel))?ende$)(?:er|sie|ich|man|du|wer|jemand|niemand|kunde|kunden|gast|gäste|person|personen|leute|team|mensch|menschen|chef|arzt|herr|frau|kind|kinder|eltern|mitglied|mitglieder|personal|support|kundenservice|interessent\w*|patient\w*|student\w*|dozent\w*|assistenz|nachbar\w*|küche|\p{L}{2,}(?:er|erin|in|innen|ende|enden|ender|ierte|ierten|kraft|kräfte|igte|igten|berechtigte|versicherte|versicherten|ling|ant|ent|ist|ör|eur|leute|angestellte|angestellter|beauftragte))$/iu,
  articles: ARTICLES,
  pronouns: wordSet('es ihn sie diese diesen dieser dieses dies das keines keiner keinen diesem'),
  personPronouns: wordSet('er sie ich man wir du ihr ihm ihnen wer jemand'),
  numbers:
    /^(?:\d+\.?|\d+x|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zweite\w*|dritte\w*|vierte\w*|fünfte\w*|sechste\w*|siebte\w*|zehnte\w*|mehrere|max\.|maximal|dreimal|zweimal|fünfmal|viermal)$/,
  process:
    /^(?:\p{L}*prozess|(?:\p{L}+-)?ablauf|vorgang|verfahren|bestellvorgang|flow|geschichte|fall|verfahren|es|das|dies|damit|hier|reise|workflow)$/u,
  isFunction: ({ low }) => isFunctionWord(low),
  compose: (verb, rest) =>
    capital(
      join(
        [...rest, { text: verb, low: verb, kind: 'word' as const }].filter(({ text }) => text !== ''),
      ).trim(),
    ),
  participle: (verb) => verb,
};
