import { describe, expect, test } from 'vitest';
import { edgesOf, lines } from '../flow.fixture.ts';

const draws = (text: string, flow: string): void => expect(edgesOf(text)).toEqual(lines(flow));

describe('German conditions', () => {
  test('an indefinite pronoun behind the verb begins a condition', () => {
    draws(
      'Der Gärtner pflanzt den Baum. Ist etwas vertrocknet, holt er die Kanne. Er mäht den Rasen.',
      `Start --> Baum pflanzen
       Baum pflanzen --> Etwas vertrocknet?
       Etwas vertrocknet? -ja-> Kanne holen
       Etwas vertrocknet? -nein-> Rasen mähen
       Kanne holen --> Rasen mähen
       Rasen mähen --> End`,
    );
  });

  test('a condition inserted into a clause governs the whole clause', () => {
    draws(
      'Der Imker wiegt den Honig. Danach schreibt der Imker, wenn er mag, einen Bericht. Er fegt den Hof.',
      `Start --> Honig wiegen
       Honig wiegen --> Bericht schreiben?
       Bericht schreiben? -ja-> Bericht schreiben
       Bericht schreiben? -nein-> Hof fegen
       Bericht schreiben --> Hof fegen
       Hof fegen --> End`,
    );
  });

  test('a relative clause about a bare plural singles some out', () => {
    draws(
      'Der Wirt füllt die Gläser. Gäste, die kein Besteck haben, rufen den Kellner. Der Wirt serviert die Suppe.',
      `Start --> Gläser füllen
       Gläser füllen --> Gäste Besteck?
       Gäste Besteck? -nein-> Kellner rufen
       Gäste Besteck? -ja-> Suppe servieren
       Kellner rufen --> Suppe servieren
       Suppe servieren --> End`,
    );
  });

  test('a condition ahead of a colon takes in the list below', () => {
    draws(
      '- Der Förster misst den Stamm\n- Ist der Stamm krumm:\n  - Der Förster zersägt den Stamm\n  - Der Förster stapelt die Scheite\n- Der Förster fegt die Lichtung',
      `Start --> Stamm messen
       Stamm messen --> Stamm krumm?
       Stamm krumm? -ja-> Stamm zersägen
       Stamm zersägen --> Scheite stapeln
       Scheite stapeln --> Lichtung fegen
       Stamm krumm? -nein-> Lichtung fegen
       Lichtung fegen --> End`,
    );
  });

  test('an equals sign inside a question stands for a verb', () => {
    draws(
      'Die Bäuerin melkt die Kuh.\nGrund = zu heiß? Die Bäuerin kühlt den Stall.\nDie Bäuerin füllt die Kannen',
      `Start --> Kuh melken
       Kuh melken --> Grund zu heiß?
       Grund zu heiß? -ja-> Stall kühlen
       Grund zu heiß? -nein-> Kannen füllen
       Stall kühlen --> Kannen füllen
       Kannen füllen --> End`,
    );
  });

  test('a verb in first place ahead of an arrow is a condition', () => {
    draws(
      'Der Müller mahlt das Korn\nNimmt er Hafer -> er siebt das Mehl\nDer Müller füllt die Säcke',
      `Start --> Korn mahlen
       Korn mahlen --> Nimmt er Hafer?
       Nimmt er Hafer? -ja-> Mehl sieben
       Nimmt er Hafer? -nein-> Säcke füllen
       Mehl sieben --> Säcke füllen
       Säcke füllen --> End`,
    );
  });

  test('"es sei denn …, dann …" names the other case behind the exception', () => {
    draws(
      'Der Fischer flickt das Netz. Ist der Wind stark, vertäut er das Boot, es sei denn, der Hafen liegt nah, dann rudert er den Kahn. Er putzt das Netz.',
      `Start --> Netz flicken
       Netz flicken --> Wind stark?
       Wind stark? -ja-> Hafen liegt nah?
       Wind stark? -nein-> Netz putzen
       Hafen liegt nah? -nein-> Boot vertäuen
       Hafen liegt nah? -ja-> Kahn rudern
       Boot vertäuen --> Netz putzen
       Kahn rudern --> Netz putzen
       Netz putzen --> End`,
    );
  });
});

describe('German places of conditions', () => {
  test('a condition that an act does not work stands before the act', () => {
    draws(
      'Der Schreiner bestellt Holz. Er sägt das Brett. Wenn das Sägen nicht klappt, hobelt er den Balken. Er lackiert den Tisch.',
      `Start --> Holz bestellen
       Holz bestellen --> Sägen klappt?
       Sägen klappt? -ja-> Brett sägen
       Sägen klappt? -nein-> Balken hobeln
       Brett sägen --> Tisch lackieren
       Balken hobeln --> Tisch lackieren
       Tisch lackieren --> End`,
    );
  });

  test('that an act does not happen in time stands before the act and takes its name', () => {
    draws(
      'Die Töpferin formt den Krug. Sie unterschreibt den Vertrag. Geschieht das nicht innerhalb von drei Tagen, löschen wir die Notiz. Sie brennt die Vase.',
      `Start --> Krug formen
       Krug formen --> Vertrag unterschreiben innerhalb von drei Tagen?
       Vertrag unterschreiben innerhalb von drei Tagen? -nein-> Notiz löschen
       Vertrag unterschreiben innerhalb von drei Tagen? -ja-> Vertrag unterschreiben
       Notiz löschen --> End
       Vertrag unterschreiben --> Vase brennen
       Vase brennen --> End`,
    );
  });

  test('those who decline an offer are the others of those who accept it', () => {
    draws(
      'Wir bieten eine Kuh an. Wer sie annimmt, baut einen Stall. Wer ablehnt, verkauft die Wiese. Der Bauer mäht das Gras.',
      `Start --> Kuh annehmen?
       Kuh annehmen? -ja-> Stall bauen
       Kuh annehmen? -nein-> Wiese verkaufen
       Stall bauen --> Gras mähen
       Wiese verkaufen --> Gras mähen
       Gras mähen --> End`,
    );
  });

  test('what a branch repeats is the failure that a limit counts', () => {
    draws(
      'Die Weberin gibt das Muster ein. Weicht es ab, gibt sie das Muster erneut ein. Nach drei falschen Mustern sperren wir den Webstuhl. Die Weberin webt das Tuch.',
      `Start --> Muster eingeben
       Muster eingeben --> Weicht ab?
       Weicht ab? -ja-> Drei falsche Mustern?
       Weicht ab? -nein-> Tuch weben
       Drei falsche Mustern? -ja-> Webstuhl sperren
       Drei falsche Mustern? -nein-> Muster eingeben
       Webstuhl sperren --> End
       Tuch weben --> End`,
    );
  });
});

describe('German choices', () => {
  test('phrases side by side name the cases of one choice', () => {
    draws(
      'Der Koch wiegt das Mehl. Bei Brot knetet er den Teig, bei Suppe schneidet er die Möhren. Er deckt den Tisch.',
      `Start --> Mehl wiegen
       Mehl wiegen --> Brot oder Suppe?
       Brot oder Suppe? -Brot-> Teig kneten
       Brot oder Suppe? -Suppe-> Möhren schneiden
       Teig kneten --> Tisch decken
       Möhren schneiden --> Tisch decken
       Tisch decken --> End`,
    );
  });

  test('a bare question with cases below it is the choice between them', () => {
    draws(
      '- Der Schneider misst den Gast aus\n- Größe?\n   - klein: der Schneider kürzt die Hose\n   - groß: der Schneider näht eine Borte an\n- Der Schneider bügelt die Hose',
      `Start --> Gast ausmessen
       Gast ausmessen --> Größe?
       Größe? -klein-> Hose kürzen
       Größe? -groß-> Borte annähen
       Hose kürzen --> Hose bügeln
       Borte annähen --> Hose bügeln
       Hose bügeln --> End`,
    );
  });

  test('answers ahead of arrows in one line answer the question before them', () => {
    draws(
      'Der Wart prüft das Dach\nIst das Dach undicht? ja -> Ziegel bestellen, nein -> Leiter wegräumen\nDer Wart fegt den Hof',
      `Start --> Dach prüfen
       Dach prüfen --> Dach undicht?
       Dach undicht? -ja-> Ziegel bestellen
       Dach undicht? -nein-> Leiter wegräumen
       Ziegel bestellen --> Hof fegen
       Leiter wegräumen --> Hof fegen
       Hof fegen --> End`,
    );
  });

  test('"weiter bei" and a number leads to that item', () => {
    draws(
      '1. Der Lehrling feilt das Blech\n2. Der Meister misst das Blech\n3. Blech zu dick -> Meister gibt es zurück, weiter bei 1\n4. Der Meister lackiert die Kante',
      `Start --> Blech feilen
       Blech feilen --> Blech messen
       Blech messen --> Blech zu dick?
       Blech zu dick? -ja-> Blech zurückgeben
       Blech zurückgeben --> Blech feilen
       Blech zu dick? -nein-> Kante lackieren
       Kante lackieren --> End`,
    );
  });

  test('"ja:" and "nein:" answer the question above, in either order', () => {
    draws(
      'Die Hirtin zählt die Schafe. Fehlt ein Schaf?\n- nein: die Hirtin räumt die Weide auf\n- ja: die Hirtin sucht das Schaf\n- Die Hirtin füttert den Hund',
      `Start --> Schafe zählen
       Schafe zählen --> Schaf fehlt?
       Schaf fehlt? -nein-> Weide aufräumen
       Schaf fehlt? -ja-> Schaf suchen
       Weide aufräumen --> Hund füttern
       Schaf suchen --> Hund füttern
       Hund füttern --> End`,
    );
  });
});

describe('German clauses', () => {
  test('a purpose with its particle inside the verb is no step, and the subject ends before a bare object', () => {
    draws(
      'Um den Ofen anzuheizen, stapelt der Bäcker Holz. Er knetet den Teig.',
      `Start --> Holz stapeln
       Holz stapeln --> Teig kneten
       Teig kneten --> End`,
    );
  });

  test('"während gleichzeitig" tells a step beside the one before', () => {
    draws(
      'Die Malerin grundiert die Leinwand. Das System druckt das Etikett, während gleichzeitig die Farbe gemischt wird. Die Malerin rahmt das Bild.',
      `Start --> Leinwand grundieren
       Leinwand grundieren --> Etikett drucken
       Leinwand grundieren --> Farbe mischen
       Etikett drucken --> Bild rahmen
       Farbe mischen --> Bild rahmen
       Bild rahmen --> End`,
    );
  });

  test('notes in small letters read like notes with capitals', () => {
    const notes =
      'Gärtner wählt Samen aus -> Saatliste\nTopf wird gefüllt, Kunde holt Pflanze ab\nPflanze welk? dann Wasser holen, sonst Topf verkaufen\nGärtner fegt den Hof';
    const small = (text: string): string[] =>
      edgesOf(text)
        .map((line) => line.toLowerCase())
        .toSorted();
    expect(small(notes.toLowerCase())).toEqual(small(notes));
  });

  test('emphasised lines name sections, and a section outside the scope is left out', () => {
    draws(
      '**Vorbereitung**\n- Der Winzer schneidet die Reben\n- Der Winzer erntet die Trauben\n\n**Nicht im Umfang**\n- Der Winzer verkauft den Wein',
      `Start --> Reben schneiden
       Reben schneiden --> Trauben ernten
       Trauben ernten --> End`,
    );
  });
});
