import { describe, expect, it } from 'vitest';
import { toCsv } from './csv.ts';

describe('toCsv', () => {
  it('quotes what needs quotes and leaves the rest alone', () => {
    expect(
      toCsv(
        ['group', 'cost'],
        [
          { group: 'a,"b"\nc', cost: 5 },
          { group: null, cost: 0 },
          { group: 'plain', cost: -1 },
        ],
      ),
    ).toBe('group,cost\r\n"a,""b""\nc",5\r\n,0\r\nplain,-1\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1'])('never lets a spreadsheet run %j', (group) => {
    expect(toCsv(['group'], [{ group }])).toBe(`group\r\n'${group}\r\n`);
  });
});
