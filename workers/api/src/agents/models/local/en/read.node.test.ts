import { describe, expect, it } from 'vitest';
import { edgesOf, lines } from '../flow.fixture.ts';

/** What English texts are drawn as; the sections are those of the annotation guide. */
const draws = (text: string, flow: string): void => expect(edgesOf(text)).toEqual(lines(flow));

describe('steps (2)', () => {
  it('what has already happened ahead of the first step is a step', () =>
    draws(
      'After the guest has paid, we print the ticket. She opens the gate.',
      `Start --> Pay
       Pay --> Print ticket
       Print ticket --> Gate
       Gate --> End`,
    ));

  it('an act told "before" another comes first', () =>
    draws(
      'She moves the lamp before tapping the button. We store the lamp.',
      `Start --> Move lamp
       Move lamp --> Tap button
       Tap button --> Store lamp
       Store lamp --> End`,
    ));

  it('what goes out is sent, and how long before something does not matter', () =>
    draws(
      'She opens the form. A receipt goes out. One month before the card ends we send a letter.',
      `Start --> Form
       Form --> Send receipt
       Send receipt --> Send letter
       Send letter --> End`,
    ));

  it('"Given the page, she …" is the page and what follows', () =>
    draws(
      'Given the shelf page, the guest taps "Go". We send a receipt.',
      `Start --> Shelf page
       Shelf page --> Tap "Go"
       Tap "Go" --> Send receipt
       Send receipt --> End`,
    ));

  it('a relative clause about what a thing covers adds no step', () =>
    draws(
      'She fills in the form, which also covers lamps. She opens the gate.',
      `Start --> Fill in form
       Fill in form --> Gate
       Gate --> End`,
    ));

  it('a short line above list items names a section', () =>
    draws(
      'Before\n- She opens the form.\nAfter\n- She signs the form.',
      `Start --> Form
       Form --> Sign form
       Sign form --> End`,
    ));

  it('a number of a thing is no number of a list item', () =>
    draws(
      '- Open page number 1\n- Open page number 2',
      `Start --> Page number 1
       Page number 1 --> Page number 2
       Page number 2 --> End`,
    ));
});

describe('decisions (4)', () => {
  it('a condition with "instead" about the step just named stands before it', () =>
    draws(
      'She opens the map. She scans the tag. If the tag is torn, she types in the number instead. We start the lamp.',
      `Start --> Map
       Map --> Tag torn?
       Tag torn? -no-> Scan tag
       Tag torn? -yes-> Type in number
       Scan tag --> Start lamp
       Type in number --> Start lamp
       Start lamp --> End`,
    ));

  it('what is wrong with the thing just confirmed is asked before it is confirmed', () =>
    draws(
      'She confirms the data. If they are wrong, we cancel the trip. We store the data.',
      `Start --> Data wrong?
       Data wrong? -no-> Confirm data
       Data wrong? -yes-> Cancel trip
       Cancel trip --> End
       Confirm data --> Store data
       Store data --> End`,
    ));

  it('words between slashes behind a colon are names, even if they could be verbs', () =>
    draws(
      'She opens the shop page. Method: post / desk. Post: we print a label. Desk: she picks a time. Then we send a receipt.',
      `Start --> Shop page
       Shop page --> Method?
       Method? -post-> Print label
       Method? -desk-> Pick time
       Print label --> Send receipt
       Pick time --> Send receipt
       Send receipt --> End`,
    ));

  it('"inside" is the other side of "outside"', () =>
    draws(
      'She signs the paper. If the value is outside the range, a hint appears. Inside the range, we store the paper.',
      `Start --> Sign paper
       Sign paper --> Value outside range?
       Value outside range? -yes-> Show hint
       Show hint --> End
       Value outside range? -no-> Store paper
       Store paper --> End`,
    ));

  it('people whose thing failed are some of them', () =>
    draws(
      'She fills in the form. Guests whose card is broken pay by cash. We print the ticket.',
      `Start --> Fill in form
       Fill in form --> Card broken?
       Card broken? -yes-> Pay by cash
       Pay by cash --> Print ticket
       Card broken? -no-> Print ticket`.concat('\n Print ticket --> End'),
    ));

  it('a subject that restates the good end of a deadline asks nothing new', () =>
    draws(
      'She sends the form. Unless the host approves within two days, the form expires. An approved guest pays the fee.',
      `Start --> Send form
       Send form --> Host approves within two days?
       Host approves within two days? -no-> Form expires
       Form expires --> End
       Host approves within two days? -yes-> Pay fee
       Pay fee --> End`,
    ));

  it('an adjective ahead of a bare plural singles some of them out', () =>
    draws(
      'She picks a lamp and pays the fee. Suspicious lamps are checked. We send a receipt.',
      `Start --> Pick lamp
       Pick lamp --> Pay fee
       Pay fee --> Suspicious?
       Suspicious? -yes-> Check Suspicious lamps
       Check Suspicious lamps --> Send receipt
       Suspicious? -no-> Send receipt
       Send receipt --> End`,
    ));

  it('a time between a verbless condition and its arrow belongs to the condition', () =>
    draws(
      'not packed before noon -> we cancel the trip\nshe opens the gate',
      `Start --> Packed before noon?
       Packed before noon? -no-> Cancel trip
       Cancel trip --> End
       Packed before noon? -yes-> Gate
       Gate --> End`,
    ));

  it('a count that is no count of failures is a plain condition', () =>
    draws(
      'She opens the shelf page. If the shelf has been moved three times, a note appears. She leaves a comment.',
      `Start --> Shelf page
       Shelf page --> Shelf moved three times?
       Shelf moved three times? -yes-> Show note
       Show note --> Leave comment
       Shelf moved three times? -no-> Leave comment
       Leave comment --> End`,
    ));

  it('"for A …, for B …" behind the colon of a choice are its cases', () =>
    draws(
      'She opens the shop page. She chooses a wrapping: for paper she pays the small fee, for cloth she pays the high fee. We send a receipt.',
      `Start --> Shop page
       Shop page --> Wrapping?
       Wrapping? -paper-> Pay small fee
       Wrapping? -cloth-> Pay high fee
       Pay small fee --> Send receipt
       Pay high fee --> Send receipt
       Send receipt --> End`,
    ));

  it('two verbs joined by "or" share their object', () =>
    draws(
      'The teacher reads the text and signs or rejects the text.',
      `Start --> Read text
       Read text --> Sign or reject text?
       Sign or reject text? -sign-> Sign
       Sign or reject text? -reject text-> Reject text
       Sign --> End
       Reject text --> End`,
    ));

  it('cases of a review without a name are its title', () =>
    draws(
      '1. The guest sends a badge.\n2. The guest reviews the badge.\n   a. approved: we print the badge\n   b. returned: we mend the badge',
      `Start --> Send badge
       Send badge --> Review badge
       Review badge --> Approved or returned?
       Approved or returned? -approved-> Print badge
       Approved or returned? -returned-> Mend badge
       Print badge --> End
       Mend badge --> End`,
    ));
});

describe('where branches go (5)', () => {
  it('what may be corrected goes back, up to the limit', () =>
    draws(
      'She types the code. A wrong code may be corrected, but after three wrong codes we lock the door. The list opens.',
      `Start --> Type code
       Type code --> Code wrong?
       Code wrong? -yes-> Three wrong codes?
       Three wrong codes? -no-> Type code
       Three wrong codes? -yes-> Lock door
       Lock door --> End
       Code wrong? -no-> List
       List --> End`,
    ));

  it('a thing handed back is no way back', () =>
    draws(
      'He picks a lamp. If the lamp is broken, he sends the lamp back. We close the case.',
      `Start --> Pick lamp
       Pick lamp --> Lamp broken?
       Lamp broken? -yes-> Send lamp back
       Send lamp back --> Close case
       Lamp broken? -no-> Close case
       Close case --> End`,
    ));

  it('"and nothing more happens" ends the branch', () =>
    draws(
      'She fills in the form. If the lamp is too dark, the helper swaps the lamp, and nothing more happens. We send a receipt.',
      `Start --> Fill in form
       Fill in form --> Lamp too dark?
       Lamp too dark? -yes-> Swap lamp
       Swap lamp --> End
       Lamp too dark? -no-> Send receipt
       Send receipt --> End`,
    ));
});
