import fc from 'fast-check';
import { deflateSync, strToU8 } from 'fflate';
import { describe, expect, test } from 'vitest';
import { FlowError } from '../../document/errors.ts';
import { parseDocument } from '../../schema/index.ts';
import { fromDrawio, type DrawioImport } from './index.ts';

const model = (cells: string): string =>
  `<mxGraphModel><root><mxCell id="0"/><mxCell id="1" parent="0"/>${cells}</root></mxGraphModel>`;
const file = (...pages: string[]): string =>
  `<mxfile>${pages.map((page, at) => `<diagram id="d${at}" name="Page-${at + 1}">${page}</diagram>`).join('')}</mxfile>`;
/** As draw.io packs a page: URI-encoded, raw deflate, Base64. */
const packed = (xml: string): string =>
  Buffer.from(deflateSync(strToU8(encodeURIComponent(xml)))).toString('base64');
const escaped = (text: string): string => text.replace(/[&<>"\n]/gu, (sign) => `&#${sign.charCodeAt(0)};`);
const vertex = (
  id: string,
  value: string,
  more = '',
  style = 'html=1',
  at = 'x="10" y="20" width="120" height="60"',
): string =>
  `<mxCell id="${id}" value="${escaped(value)}" style="${style}" vertex="1" parent="1" ${more}><mxGeometry ${at} as="geometry"/></mxCell>`;
const within = (parent: string, cell: string): string => cell.replace('parent="1"', `parent="${parent}"`);
const edge = (id: string, source: string, target: string, value = '', style = 'html=1'): string =>
  `<mxCell id="${id}" value="${escaped(value)}" style="${style}" edge="1" parent="1" source="${source}" target="${target}"><mxGeometry relative="1" as="geometry"/></mxCell>`;
const read = (source: string): DrawioImport => {
  const result = fromDrawio(source);
  parseDocument(result.document);
  return result;
};

const LOGIN = model(
  [
    vertex('s', 'Start', '', 'ellipse;html=1'),
    vertex('f', '<b>Sign-in</b> form<br>with <span style="color:red">captcha</span>&nbsp;&amp; terms'),
    vertex('d', 'Right?', '', 'rhombus;whiteSpace=wrap;html=1'),
    vertex('e', 'End', '', 'rounded=1;arcSize=50;html=1'),
    edge('a', 's', 'f'),
    edge('b', 'f', 'd', 'submit'),
    edge('c', 'd', 'e', '<i>yes</i>'),
    edge('n', 'd', 'f'),
    `<mxCell id="l" value="no, wrong" style="edgeLabel;html=1" vertex="1" connectable="0" parent="n"><mxGeometry x="-0.1" relative="1" as="geometry"/></mxCell>`,
  ].join(''),
);

describe('fromDrawio', () => {
  test.each([
    ['plain', file(LOGIN)],
    ['compressed', file(packed(LOGIN))],
    ['a model alone', LOGIN],
    [
      'an exported SVG',
      `<svg xmlns="http://www.w3.org/2000/svg" content="${escaped(file(packed(LOGIN)))}"/>`,
    ],
  ])('%s: shapes become types, HTML labels text, arrows edges with their labels', (_what, source) => {
    const { document, warnings } = read(source);
    expect(warnings).toEqual([]);
    expect(Object.values(document.nodes).map(({ id, type, title }) => [id, type, title])).toEqual([
      ['s', 'start', 'Start'],
      ['f', 'screen', 'Sign-in form\nwith captcha & terms'],
      ['d', 'decision', 'Right?'],
      ['e', 'end', 'End'],
    ]);
    expect(
      Object.values(document.edges).map(({ source: from, target, label, trigger }) => [
        from,
        target,
        label,
        trigger,
      ]),
    ).toEqual([
      ['s', 'f', undefined, 'auto'],
      ['f', 'd', 'submit', 'submit'],
      ['d', 'e', 'yes', 'auto'],
      ['d', 'f', 'no, wrong', 'error'],
    ]);
    expect(document.nodes['f']).toMatchObject({
      position: { x: 10, y: 20 },
      size: { width: 120, height: 60 },
    });
  });

  test('containers, swimlanes and groups are frames; places in them count from theirs', () => {
    const { document } = read(
      model(
        vertex('lane', 'Customer', '', 'swimlane;horizontal=0', 'x="100" y="200" width="600" height="300"') +
          within('lane', vertex('g', '', '', 'group', 'x="30" y="40" width="200" height="100"')) +
          within('g', vertex('n', 'Pay', '', 'html=1', 'x="5" y="6" width="80" height="40"')) +
          vertex('empty', 'Bank', '', 'swimlane', 'x="100" y="600" width="600" height="100"'),
      ),
    );
    expect(document.frames['lane']).toMatchObject({ title: 'Customer', position: { x: 100, y: 200 } });
    expect(document.frames['g']).toMatchObject({ parentId: 'lane', position: { x: 130, y: 240 } });
    expect(document.nodes['n']).toMatchObject({ frameId: 'g', position: { x: 135, y: 246 } });
    expect(document.frames['empty']?.title).toBe('Bank');
  });

  test('an arrow bound to nothing means the shapes at which it ends, else it is told', () => {
    const loose = (id: string, from: string, to: string): string =>
      `<mxCell id="${id}" edge="1" parent="1"><mxGeometry relative="1" as="geometry"><mxPoint ${from} as="sourcePoint"/><mxPoint ${to} as="targetPoint"/></mxGeometry></mxCell>`;
    const { document, warnings } = read(
      model(
        vertex('a', 'A', '', '', 'x="0" y="0" width="100" height="50"') +
          vertex('b', 'B', '', '', 'x="300" y="0" width="100" height="50"') +
          loose('near', 'x="108" y="25"', 'x="290" y="30"') +
          loose('far', 'x="108" y="25"', 'x="290" y="500"'),
      ),
    );
    expect(document.edges).toMatchObject({ near: { source: 'a', target: 'b' } });
    expect(warnings).toEqual([
      { line: 1, message: 'an arrow that does not connect two shapes was left out' },
    ]);
  });

  test('heads say the direction: at the start alone backwards, at both two transitions', () => {
    const { document, warnings } = read(
      model(
        vertex('a', 'A') +
          vertex('b', 'B') +
          edge('r', 'a', 'b', '', 'startArrow=classic;endArrow=none') +
          edge('t', 'a', 'b', '', 'startArrow=block'),
      ),
    );
    const pairs = Object.values(document.edges).map(({ source, target }) => `${source}${target}`);
    expect(pairs).toEqual(['ba', 'ab', 'ba']);
    expect(warnings[0]?.message).toMatch(/two heads/);
  });

  test('pages are frames below each other, and what they both call the same stays apart', () => {
    const { document } = read(file(LOGIN, packed(LOGIN)));
    expect(Object.keys(document.frames)).toEqual(['page-1', 'page-2']);
    expect(Object.values(document.nodes)).toHaveLength(8);
    expect(document.edges['p2.b']).toMatchObject({ source: 'p2.f', target: 'p2.d', label: 'submit' });
    const [first, second] = [document.frames['page-1'], document.frames['page-2']];
    expect((first?.position.y ?? 0) + (first?.size.height ?? 0)).toBeLessThan(second?.position.y ?? 0);
  });

  test('objects: label with placeholders, tooltip as description, the rest told', () => {
    const { document, warnings } = read(
      model(`<object id="o" label="%who% pays" placeholders="1" who="Ada" tooltip="by card" link="https://x.y">
        <mxCell vertex="1" parent="1"><mxGeometry x="1" y="2" width="3" height="4"/></mxCell></object>`),
    );
    expect(document.nodes['o']).toMatchObject({ title: 'Ada pays', description: 'by card' });
    expect(warnings).toEqual([{ line: 1, message: 'links and own fields of cells were left out' }]);
  });

  test('whatever the text is, plain and compressed files say the same, and nothing of it is lost', () => {
    const text = fc
      .string({ unit: 'grapheme', maxLength: 150 })
      .map((value) => value.replace(/\p{Surrogate}|[\u0000-\u001F\uFFFE\uFFFF]/gu, ''));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 5 }), (texts) => {
        const page = model(texts.map((value, at) => vertex(`v${at}`, value, '', '')).join(''));
        const { document } = read(file(page));
        expect(Object.values(document.nodes).map(({ title }) => title)).toEqual(
          texts.map((value) => value.trim()),
        );
        expect(read(file(packed(page))).document).toEqual(document);
      }),
      { numRuns: 100 },
    );
  });
});

describe('draw.io files that mean harm', () => {
  const refusal = (source: string): string => {
    try {
      fromDrawio(source);
    } catch (error) {
      if (error instanceof FlowError) return error.message;
      throw error;
    }
    return '';
  };
  test.each([
    ['a page that unpacks to 20 MB', () => file(packed(`<a>${'x'.repeat(20_000_000)}</a>`)), /larger than/],
    [
      'many pages that together are too large',
      () => file(...Array<string>(4).fill(packed(model(' '.repeat(1_000_000))))),
      /larger than/,
    ],
    ['Base64 that is none', () => file('$$$$'), /not Base64/],
    ['a packed page that is cut', () => file(packed(LOGIN).slice(0, 200)), /cannot be unpacked/],
    ['noise', () => file(Buffer.from('no deflate at all, really').toString('base64')), /cannot be unpacked/],
    [
      'text that is not URI-encoded',
      () => file(Buffer.from(deflateSync(strToU8('%zz'))).toString('base64')),
      /URI-encoded/,
    ],
    [
      'a billion laughs inside a packed page',
      () => file(packed('<!DOCTYPE x [<!ENTITY a "ha">]><mxGraphModel>&a;</mxGraphModel>')),
      /declarations in/,
    ],
    [
      'many pages of many cells',
      () => file(...Array<string>(8).fill(packed(model('<mxCell/>'.repeat(100_000))))),
      /more than 60000 cells/,
    ],
    ['another file', () => '<html/>', /expected a draw.io file/],
    [
      '10,001 shapes',
      () => model(Array.from({ length: 10_001 }, (_, at) => vertex(`v${at}`, '')).join('')),
      /at most 10000 nodes/,
    ],
  ])('%s is refused with a typed error', (_what, source, why) => {
    expect(refusal(source())).toMatch(why);
  });

  test('parents in circles, 1,000 containers inside each other and ids that objects inherit are read', () => {
    const circle = read(model(within('b', vertex('a', 'A')) + within('a', vertex('b', 'B'))));
    expect(circle.warnings).toEqual([{ line: 1, message: 'a frame inside itself was taken out' }]);
    const deep = Array.from({ length: 1_000 }, (_, at) =>
      within(at === 0 ? '1' : `v${at - 1}`, vertex(`v${at}`, `${at}`)),
    );
    expect(Object.keys(read(model(deep.join(''))).document.frames)).toHaveLength(999);
    const odd = read(
      model(
        vertex('__proto__', 'A') + vertex('constructor', 'B') + edge('toString', '__proto__', 'constructor'),
      ),
    );
    expect(Object.values(odd.document.nodes).map(({ title }) => title)).toEqual(['A', 'B']);
    expect(Object.keys(odd.document.edges)).toHaveLength(1);
  });

  test.each(['NaN', 'Infinity', '1e999', '-1e12', 'x', ''])('a coordinate of %j is no place', (x) => {
    const { document } = read(
      model(vertex('a', 'A', '', '', `x="${x}" y="0" width="10" height="10"`) + vertex('b', 'B')),
    );
    expect(Math.abs(document.nodes['a']?.position.x ?? Infinity)).toBeLessThan(10_000);
    expect(document.nodes['b']?.position).toEqual({ x: 10, y: 20 });
  });

  test.each(['1e300', '-1e308', 'Infinity', 'NaN'])('an arrow that ends at %s ends nowhere', (x) => {
    const far = `<mxCell id="f" edge="1" parent="1" source="a"><mxGeometry><mxPoint x="${x}" y="${x}" as="targetPoint"/></mxGeometry></mxCell>`;
    expect(read(model(vertex('a', 'A') + far)).document.edges).toEqual({});
  });

  test('labels of broken HTML take no longer than they are long', () => {
    for (const part of ['<', '<!--', '<style>', '&#', '<br ', '&amp;'.repeat(3), '<p>']) {
      const { document } = read(model(vertex('a', part.repeat(200_000 / part.length))));
      expect(document.nodes['a']).toBeDefined();
    }
  });
});
