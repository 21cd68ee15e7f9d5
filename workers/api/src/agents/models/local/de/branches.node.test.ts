import { describe, expect, it } from 'vitest';
import { edgesOf, lines } from '../flow.fixture.ts';

const draws = (text: string, flow: string): void => expect(edgesOf(text)).toEqual(lines(flow));

describe('pronouns', () => {
  it('a neuter pronoun passes over a feminine noun', () =>
    draws(
      'Sie stellt das Fahrrad ab. Die App zeigt eine Gebühr. Dann schließt sie es ab.',
      `Start --> Fahrrad abstellen
       Fahrrad abstellen --> Gebühr zeigen
       Gebühr zeigen --> Fahrrad abschließen
       Fahrrad abschließen --> End`,
    ));

  it('a masculine pronoun passes over a neuter noun', () =>
    draws(
      'Er holt den Spaten. Er mäht das Feld. Dann legt er ihn weg.',
      `Start --> Spaten holen
       Spaten holen --> Feld mähen
       Feld mähen --> Spaten weglegen
       Spaten weglegen --> End`,
    ));
});

describe('conditions and where branches go', () => {
  it('an adverb may stand between the inverted verb and its subject', () =>
    draws(
      'Er zählt die Bäume. Werden dabei Lücken gefunden, pflanzt er eine Hecke. Er mäht den Rasen.',
      `Start --> Bäume zählen
       Bäume zählen --> Lücken gefunden?
       Lücken gefunden? -ja-> Hecke pflanzen
       Lücken gefunden? -nein-> Rasen mähen
       Hecke pflanzen --> Rasen mähen
       Rasen mähen --> End`,
    ));

  it('"das klappt nur, wenn" asks what follows', () =>
    draws(
      'Sie klickt auf "Weiter". Das klappt nur, wenn niemand den Spaten vorgemerkt hat. Ist einer vorgemerkt, senden wir eine Mail. Am Ende mäht sie den Rasen.',
      `Start --> "Weiter" klicken
       "Weiter" klicken --> Spaten vorgemerkt?
       Spaten vorgemerkt? -ja-> Mail senden
       Spaten vorgemerkt? -nein-> Rasen mähen
       Mail senden --> Rasen mähen
       Rasen mähen --> End`,
    ));

  it('"überspringen kann" is a decision before what may be skipped', () =>
    draws(
      'Sie öffnet die Seite. Den Film kann sie überspringen. Dann mäht sie den Rasen.',
      `Start --> Seite
       Seite --> Film überspringen?
       Film überspringen? -nein-> Film
       Film überspringen? -ja-> Rasen mähen
       Film --> Rasen mähen
       Rasen mähen --> End`,
    ));

  it('"so oder so" takes in what seemed to have ended', () =>
    draws(
      'Der Bäcker prüft den Teig. Ist er falsch, verwerfen wir ihn, sonst backen wir ihn. So oder so wird eine Mail verschickt.',
      `Start --> Teig prüfen
       Teig prüfen --> Teig falsch?
       Teig falsch? -ja-> Teig verwerfen
       Teig falsch? -nein-> Teig backen
       Teig verwerfen --> Mail verschicken
       Teig backen --> Mail verschicken
       Mail verschicken --> End`,
    ));

  it('whoever starts over with an act goes back to that act', () =>
    draws(
      'Er öffnet die Seite. Er zählt die Bäume. Er wiegt den Honig. Stimmt das Gewicht nicht, fängt er mit dem Zählen von vorne an. Er mäht den Rasen.',
      `Start --> Seite
       Seite --> Bäume zählen
       Bäume zählen --> Honig wiegen
       Honig wiegen --> Gewicht stimmt?
       Gewicht stimmt? -nein-> Bäume zählen
       Gewicht stimmt? -ja-> Rasen mähen
       Rasen mähen --> End`,
    ));
});
