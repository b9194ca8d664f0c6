import fc from 'fast-check';

/** Names as phones spell them, traits of DOMAIN: `.`, `-`, lower case, indexes. */
export const parameterName = fc.oneof(
  fc.constantFrom('Profile_Rule', 'Proxy_1_', 'Enable_802.1X_Authentication', 'Enable_LLDP-MED', 'G722.2_Enable_1_', 'profileName_1_', 'GPP_A', 'Admin_Password'),
  fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,12}$/),
);

const word = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'Z', '7', ' ', '.', '/', '$', '"', "'", ']', '}', '{', 'é', '東', '😀', '(', '|'), maxLength: 12 }),
  fc.constantFrom('Yes', 'No', '""', '{{name}}', '&amp;', '&lt;:18005551212&gt;', '&#40;', '&#x2e;', '/$PSN.xml', '<![CDATA[a<b]]>', '<!-- inside -->', '>', ''),
);
const value = fc.array(word, { maxLength: 4 }).map((words) => words.join('').replaceAll(']]>', ']]&gt;').replaceAll('<![CDATA[a<b]]&gt;', '<![CDATA[a<b]]>'));
const attribute = fc.constantFrom('', ' ua="na"', ' ua="rw"', " ua='ro'", ' um="y" ua="na"', ' group="Phone/Line_Key_1"', ' ua = "na" ', '\n  ua="na"', ' x="a>b &amp; c"');
const space = fc.constantFrom('', '\n', '\r\n', '  ', '\n\n\n', '\t', '\n  ');

const element = fc.tuple(parameterName, attribute, value, fc.constantFrom('full', 'full', 'self', 'spaced')).map(([name, attributes, text, form]) => {
  if (form === 'self') return `<${name}${attributes}/>`;
  return form === 'spaced' ? `<${name}${attributes}>\n  ${text} \r\n</${name} >` : `<${name}${attributes}>${text}</${name}>`;
});
const comment = fc.constantFrom('<!-- System -->', '<!-- available options: Yes|No -->', '<!--  <ACS_Password ua="na"/>  -->', '<!-- two\nlines & more < -->', '<!---->', '<?target body?>');

/** Well-formed profiles with the traits of real exports and odd spacing. */
export const profileText = fc
  .tuple(
    fc.constantFrom('', '\uFEFF', '<?xml version="1.0" encoding="UTF-8"?>', '\uFEFF<?xml version="1.0"?>\r\n', '<!-- top -->\n', ' \n'),
    fc.array(fc.tuple(space, fc.oneof({ weight: 4, arbitrary: element }, comment)), { maxLength: 8 }),
    space,
    fc.constantFrom('flat-profile', 'device', 'self', 'attributes'),
    fc.constantFrom('', '\n', '\r\n<!-- end -->\n'),
  )
  .map(([head, pieces, last, wrapper, tail]) => {
    const inner = pieces.map(([gap, piece]) => gap + piece).join('') + last;
    if (wrapper === 'self') return `${head}<flat-profile/>${tail}`;
    if (wrapper === 'device') return `${head}<device>\n<flat-profile>${inner}</flat-profile></device>${tail}`;
    return `${head}<flat-profile${wrapper === 'attributes' ? ' a="1"' : ''}>${inner}</flat-profile>${tail}`;
  });

/** Pieces that matter to a reader of XML. */
export const piece = fc.constantFrom(
  '<', '>', '&', '/', '"', "'", '=', '!', '?', '-', '--', ']]>', '<!--', '-->', '<![CDATA[', '<?', '?>', '<?xml version="1.0"?>', '<?xml?>', '<!DOCTYPE a>', '<!ENTITY x "y">',
  '&amp;', '&x;', '&#65;', '&#0;', '&#x110000;', '&#xZ;', '&#00000065;', '&AMP;', '&', '<A>', '</A>', '<A/>', '<B ua="na">', '</B>', '</B >', '< A>', '<:x>', '</', '</>', '<A ua=na>',
  '<A ua="1" ua="2">', '<A ua>', '<A ua="x"b="y">', '<A ua="', '<1>', 'text', ' ', '\n', '\r', '\t', '\u0000', '\u0007', '\uFFFE', '\u00a0', 'é', '😀', '<é/>', '<flat-profile>', '</flat-profile>',
  '<device>', '</device>', '<!available options: A|B-->', '<!-available options: A-->', '--->', '<A b="&x;"/>', '<A b="<"/>', '</a>', '<a', '\uFEFF', '{{name}}', '<!', '<!-', '<!a', '<?a?b?>', '<??>', '<?XML x?>',
);

/** A sound profile that somebody edited badly, or no profile at all. */
export const brokenText = fc.oneof(
  fc.tuple(profileText, fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), fc.oneof(piece, fc.constant(''))), { minLength: 1, maxLength: 4 })).map(
    ([text, edits]) =>
      edits.reduce((done, [where, length, insert]) => {
        const at = Math.floor(where * done.length);
        return done.slice(0, at) + insert + done.slice(at + Math.floor(length * length * length * 6));
      }, text),
  ),
  fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join('')),
  fc.array(piece, { maxLength: 8 }).map((pieces) => `<flat-profile>${pieces.join('')}</flat-profile>`),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
