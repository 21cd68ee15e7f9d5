import { describe, expect, it } from 'vitest';
import { edgesOf, lines } from '../flow.fixture.ts';

const draws = (text: string, flow: string): void => expect(edgesOf(text)).toEqual(lines(flow));

describe('where branches go (5)', () => {
  it('"that is the end" behind a branch closes that branch only', () =>
    draws(
      'He opens the shed. If the bulb is broken, we show a hint. That is the end. He picks a rake.',
      `Start --> Shed
       Shed --> Bulb broken?
       Bulb broken? -yes-> Show hint
       Bulb broken? -no-> Pick rake
       Show hint --> End
       Pick rake --> End`,
    ));

  it('a branch whose last step comes later in the main line leads there, even if a later branch starts over', () =>
    draws(
      'She writes the letter. If the letter is short, we print it right away. Otherwise a helper reads it. If he declines the letter, she writes the letter again. Then we print the letter.',
      `Start --> Write letter
       Write letter --> Letter short?
       Letter short? -no-> Read letter
       Letter short? -yes-> Print letter
       Read letter --> Declines letter?
       Declines letter? -yes-> Write letter
       Declines letter? -no-> Print letter
       Print letter --> End`,
    ));

  it('"either way" takes in what seemed to have ended', () =>
    draws(
      'The baker checks the dough. If it is wrong, we discard it, otherwise we bake it. Either way a mail goes out.',
      `Start --> Check dough
       Check dough --> Dough wrong?
       Dough wrong? -yes-> Discard dough
       Dough wrong? -no-> Bake dough
       Discard dough --> Send mail
       Bake dough --> Send mail
       Send mail --> End`,
    ));

  it('"no matter how" takes in what seemed to have ended', () =>
    draws(
      'The baker checks the dough. If it is wrong, we discard it, otherwise we bake it. No matter how it ends, a mail goes out.',
      `Start --> Check dough
       Check dough --> Dough wrong?
       Dough wrong? -yes-> Discard dough
       Dough wrong? -no-> Bake dough
       Discard dough --> Send mail
       Bake dough --> Send mail
       Send mail --> End`,
    ));

  it('"in all other cases" is about every decision that still waits', () =>
    draws(
      'The bot searches the shelf. If it finds a lamp, it shows the lamp and asks whether the lamp suits. If so, the shelf is locked. In all other cases a helper calls.',
      `Start --> Search shelf
       Search shelf --> Lamp found?
       Lamp found? -yes-> Show lamp
       Lamp found? -no-> Call
       Show lamp --> Lamp suits?
       Lamp suits? -yes-> Lock shelf
       Lamp suits? -no-> Call
       Lock shelf --> End
       Call --> End`,
    ));

  it('"has to repeat step 1" goes back to that step, whoever has to', () =>
    draws(
      `1. The driver fills the tank.
2. She signs the sheet. A driver who does not sign the sheet has to repeat step 1.
3. We print the badge.`,
      `Start --> Fill tank
       Fill tank --> Sign sheet?
       Sign sheet --> Print badge
       Sign sheet? -yes-> Sign sheet
       Sign sheet? -no-> Fill tank
       Print badge --> End`,
    ));
});

describe('places of decisions (4)', () => {
  it('what is done "first" stands ahead of the step that needs it', () =>
    draws(
      'He plants the tree. If he has no spade, he borrows one first. Then he waters the lawn.',
      `Start --> Has spade?
       Plant tree --> Water lawn
       Has spade? -yes-> Plant tree
       Has spade? -no-> Borrow spade
       Borrow spade --> Plant tree
       Water lawn --> End`,
    ));

  it('who frees what is stuck can do the step then', () =>
    draws(
      'She draws the curtain. If it is stuck, she oils the rail. Then she lights the lamp.',
      `Start --> Curtain stuck?
       Draw curtain --> Light lamp
       Curtain stuck? -no-> Draw curtain
       Curtain stuck? -yes-> Oil rail
       Oil rail --> Draw curtain
       Light lamp --> End`,
    ));

  it('a passive step can be replaced by another', () =>
    draws(
      'The parcel is confirmed with a key. If the key is not recognised, the clerk signs the sheet instead. Then he mows the lawn.',
      `Start --> Key recognised?
       Confirm parcel with key --> Mow lawn
       Key recognised? -yes-> Confirm parcel with key
       Key recognised? -no-> Sign sheet
       Sign sheet --> Mow lawn
       Mow lawn --> End`,
    ));

  it('what is forgotten when it is asked for is decided before', () =>
    draws(
      'She enters the code. If she has forgotten the code, she calls the helper. Then the list opens.',
      `Start --> Forgotten code?
       Enter code --> List
       Forgotten code? -no-> Enter code
       Forgotten code? -yes-> Call helper
       Call helper --> Enter code
       List --> End`,
    ));

  it('"can skip" is a decision before what may be skipped', () =>
    draws(
      'She sees the film, which she can skip. Then she picks a lamp.',
      `Start --> Skip film?
       Show film --> Pick lamp
       Skip film? -no-> Show film
       Skip film? -yes-> Pick lamp
       Pick lamp --> End`,
    ));

  it('"can skip" tells a step that was not told before', () =>
    draws(
      'She picks a lamp. She can skip the survey. Then she signs the sheet.',
      `Start --> Pick lamp
       Pick lamp --> Skip survey?
       Skip survey? -no-> Survey
       Skip survey? -yes-> Sign sheet
       Survey --> Sign sheet
       Sign sheet --> End`,
    ));

  it('a comparison in a when-clause is a condition', () =>
    draws(
      'She uploads the photo; when it is larger than 5 MB, we shrink it. Then she signs the sheet.',
      `Start --> Upload photo
       Upload photo --> Photo larger than 5 MB?
       Photo larger than 5 MB? -yes-> Shrink photo
       Photo larger than 5 MB? -no-> Sign sheet
       Shrink photo --> Sign sheet
       Sign sheet --> End`,
    ));

  it('"outside …" is a condition however well known its noun is', () =>
    draws(
      'She rings the bell. Outside the opening hours a bot answers. She writes a letter.',
      `Start --> Ring bell
       Ring bell --> Outside opening hour?
       Outside opening hour? -yes-> Answer
       Outside opening hour? -no-> Write letter
       Answer --> Write letter
       Write letter --> End`,
    ));

  it('those who took one of the ways that were left open go on there', () =>
    draws(
      'She can keep the lamp or return it. If she returns it, we refund the price. Guests who keep it write a letter.',
      `Start --> Keep lamp or return lamp?
       Keep lamp or return lamp? -return lamp-> Refund price
       Keep lamp or return lamp? -keep lamp-> Write letter
       Refund price --> End
       Write letter --> End`,
    ));
});

describe('pronouns', () => {
  it('"them" stands for several things, not for the one named last', () =>
    draws(
      'She picks two keys. She enters the name. We lock them.',
      `Start --> Pick two keys
       Pick two keys --> Enter name
       Enter name --> Lock two keys
       Lock two keys --> End`,
    ));

  it('"it" stands for one thing, not for several named last', () =>
    draws(
      'She picks a lamp. She counts the screws. We print it.',
      `Start --> Pick lamp
       Pick lamp --> Count screws
       Count screws --> Print lamp
       Print lamp --> End`,
    ));
});

describe('verbs', () => {
  it('a word that no list knows is the verb behind a subject with its article', () =>
    draws(
      'If the code is wrong the robot beeps. Then she signs the sheet.',
      `Start --> Code wrong?
       Code wrong? -yes-> Robot beeps
       Code wrong? -no-> Sign sheet
       Robot beeps --> End
       Sign sheet --> End`,
    ));

  it('a phrase that still needs its noun has no verb yet', () =>
    draws(
      'Approval for outgoing transfers. A clerk fills in the sheet. She signs the sheet.',
      `Start --> Fill in sheet
       Fill in sheet --> Sign sheet
       Sign sheet --> End`,
    ));
});

describe('ways that are named (4.4)', () => {
  it('someone who takes one of the ways that were left open goes on there, and the verb alone names the other', () =>
    draws(
      'She can leave her note or wait for a helper. Someone who leaves a note gets an answer. If she waits, the helper joins the chat. Then she rates the chat.',
      `Start --> Leave note or wait for helper?
       Leave note or wait for helper? -leave note-> Send answer
       Leave note or wait for helper? -wait for helper-> Join chat
       Send answer --> Rate chat
       Join chat --> Rate chat
       Rate chat --> End`,
    ));

  it('names joined by "or" behind a colon are the ways, whatever verbs they look like', () =>
    draws(
      'Choose the method: phone, letter or desk. Phone: she calls. Letter: she writes a letter. Desk: she signs.',
      `Start --> Method?
       Method? -phone-> Call
       Method? -letter-> Write letter
       Method? -desk-> Sign
       Call --> End
       Write letter --> End
       Sign --> End`,
    ));

  it('who has so long to do something is a deadline in a relative clause too', () =>
    draws(
      "We send the sheet to a clerk, who has two days to sign the sheet. If he doesn't, we shred the sheet. He opens the shed.",
      `Start --> Send sheet to clerk
       Send sheet to clerk --> Sheet signed within two days?
       Sheet signed within two days? -no-> Shred sheet
       Sheet signed within two days? -yes-> Shed
       Shred sheet --> Shed
       Shed --> End`,
    ));
});

describe('retry limits (5.5)', () => {
  it('a limit is about the check whose refusal leads back, however that is told', () =>
    draws(
      'She draws a map. We check whether the map is readable. If not, she draws the map again. After three attempts we lock the shed. Then she opens the gate.',
      `Start --> Draw map
       Draw map --> Map readable?
       Map readable? -no-> Three attempts?
       Map readable? -yes-> Gate
       Three attempts? -no-> Draw map
       Three attempts? -yes-> Lock shed
       Lock shed --> End
       Gate --> End`,
    ));
});

describe('notes', () => {
  it('answers on one line are told apart, whatever mark stands between them', () =>
    draws(
      `Paid? yes -> print badge / no -> shred sheet
then we lock the shed`,
      `Start --> Paid?
       Paid? -yes-> Print badge
       Paid? -no-> Shred sheet
       Print badge --> Lock shed
       Shred sheet --> Lock shed
       Lock shed --> End`,
    ));
});
