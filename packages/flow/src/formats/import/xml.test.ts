import { describe, expect, test } from 'vitest';
import { FlowError } from '../../document/errors.ts';
import { LIMITS } from '../../document/limits.ts';
import { readXml } from './xml.ts';

const refusal = (source: string): FlowError => {
  try {
    readXml(source);
  } catch (error) {
    if (error instanceof FlowError) return error;
    throw error;
  }
  throw new Error('was not refused');
};

describe('XML from anywhere', () => {
  test('prefixes are resolved where they are declared, attributes without prefix keep their names', () => {
    const root = readXml(
      '<a:r xmlns:a="urn:a" xmlns="urn:d"><x i="1" a:i="2"/><a:y xmlns:a="urn:b">t&amp;<![CDATA[<u>]]></a:y></a:r>',
    );
    expect([root.namespace, root.name]).toEqual(['urn:a', 'r']);
    const [x, y] = root.children;
    expect([x?.namespace, [...(x?.attributes ?? [])]]).toEqual([
      'urn:d',
      [
        ['i', '1'],
        ['urn:a i', '2'],
      ],
    ]);
    expect([y?.namespace, y?.text]).toEqual(['urn:b', 't&<u>']);
  });

  test('elements and mistakes know their line, blank lines and CRLF before them included', () => {
    expect(readXml('\r\n\r\n<?xml version="1.0"?>\r\n<r>\r\n<x/></r>').children[0]?.line).toBe(5);
    expect(refusal('\n\n<r>\n<x></r>').issues[0]?.path).toBe('line 4');
  });

  test.each([
    [
      'a billion laughs',
      '<!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]><l>&b;</l>',
      /declarations in/,
    ],
    [
      'an external entity',
      '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><l>&a;</l>',
      /declarations in/,
    ],
    [
      'a comment begun in a declaration, to hide what is nested',
      `<!DOCTYPE l [<!ENTITY a "<!--">]>${'<l>'.repeat(100_000)}`,
      /declarations in/,
    ],
    ['an entity that nobody knows', '<!DOCTYPE l SYSTEM "[">\n<l>&nbsp;</l>', /entities of a DTD/],
    ['an element without end', '<a><b></b>', /well-formed/],
    ['a lone surrogate', '<a b="\ud800"/>', /well-formed/],
    ['a reference to half a character', '<a b="&#xD800;"/>', /well-formed/],
    ['no XML', 'flowchart TD', /well-formed/],
    ['100,000 elements inside each other', '<a>'.repeat(100_000) + '</a>'.repeat(100_000), /nested deeper/],
    ['a million elements', `<a>${'<b/>'.repeat(1_000_000)}</a>`, /more than/],
    ['50 MB', `<a>${' '.repeat(50_000_000)}</a>`, new RegExp(String(LIMITS.documentBytes))],
    ['an attribute that never ends', `<a b="${'x'.repeat(1_000_000)}`, /well-formed/],
  ])('%s is refused with a typed error', (_what, source, why) => {
    expect(refusal(source).message).toMatch(why);
  });

  test('names that every object inherits are plain names', () => {
    const root = readXml('<__proto__ constructor="1" __proto__="2"><toString/></__proto__>');
    expect([root.name, root.attributes.get('__proto__'), root.children[0]?.name]).toEqual([
      '__proto__',
      '2',
      'toString',
    ]);
    expect(root.attributes.get('hasOwnProperty')).toBeUndefined();
  });
});
