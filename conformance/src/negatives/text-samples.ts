/** Texts on both sides of a pattern or a format, written by hand from the contract's words. */
export type TextSamples = { fits: readonly string[]; breaks: readonly string[] };

const BROKEN_UNICODE = ['a\u0000b', '\ud800', 'a\udc69b', '\udc69\ud83d'];
/** Each kind of Unicode's White_Space, alone. */
const WHITE_SPACE = [' ', '\t\n\v\f\r', '\u0085', '\u00a0', '\u1680', '\u2000\u200a', '\u2028', '\u2029', '\u202f', '\u205f', '\u3000']; // prettier-ignore
/** What some libraries take for white space, and Unicode does not. */
const VISIBLE = ['a', ' a ', 'x\ny', '\u200b', '\ufeff', '\u180e', '\u0001', 'Grüße 👩🏽‍⚕️', 'עדה', '%_\\"\''];

const ID = '0197f3c2-5b1e-7c41-9a50-3f6c2f1b8d01';

const ANY_TEXT = { fits: [' padded ', ...VISIBLE, ' '], breaks: BROKEN_UNICODE };
const EMAIL = {
  fits: [
    'a@b', ' a@b ', '\t\n\v\f\r a@b\r\n', 'A.B+c@D-e.example', 'ä@ö', '"q"@x', 'a\u200b@b', `${'a'.repeat(249)}@b.cd`, `${'𝄞'.repeat(252)}@b`,
  ],
  breaks: [
    '', '   ', 'ab', 'a@', '@b', '@', 'a@b@c', 'a b@c', 'a@b c', 'a\u00a0@b', '\u00a0a@b', 'a@b\u3000', 'a@\u0000b', 'a\ud800@b', `${'a'.repeat(250)}@b.cd`,
    `${'𝄞'.repeat(253)}@b`,
  ],
}; // prettier-ignore
const UUID = {
  fits: [ID, ID.toUpperCase(), '00000000-0000-0000-0000-000000000000', 'FFFFFFFF-ffff-FFFF-ffff-FFFFFFFFFFFF'],
  breaks: [
    '', '1', ID.slice(0, -1), `${ID}1`, ID.replaceAll('-', ''), `{${ID}}`, `urn:uuid:${ID}`, ID.replace('0', 'g'), ` ${ID}`, `${ID}\n`, ID.replaceAll('-', '_'),
    '0197f3c25-b1e-7c41-9a50-3f6c2f1b8d01', ID.replace('0', '０'),
  ],
}; // prettier-ignore
const INSTANT = {
  fits: [
    '2031-05-01T10:00:00Z', '2031-05-01T10:00:00.1Z', '2031-05-01T10:00:00.123456789Z', '2031-05-01T10:00:00+05:30', '2031-05-01T10:00:00-00:00',
    '2031-12-31T23:59:59.999+23:59',
  ],
  breaks: [
    '', '2031-05-01', '2031-05-01T10:00:00', '2031-05-01 10:00:00Z', '2031-05-01t10:00:00Z', '2031-05-01T10:00:00z', '2031-05-01T10:00Z', '2031-13-01T10:00:00Z',
    '2031-00-01T10:00:00Z', '2031-05-00T10:00:00Z', '2031-05-32T10:00:00Z', '2031-05-01T24:00:00Z', '2031-05-01T10:60:00Z', '2031-05-01T10:00:60Z',
    '2031-05-01T10:00:00.Z', '2031-05-01T10:00:00,5Z', '2031-05-01T10:00:00.1234567890Z', '2031-05-01T10:00:00+24:00', '2031-05-01T10:00:00+01:60',
    '2031-05-01T10:00:00+0100', '2031-05-01T10:00:00+01', '+002031-05-01T10:00:00Z', '31-05-01T10:00:00Z', '2031-5-1T10:00:00Z', ' 2031-05-01T10:00:00Z',
    '2031-05-01T10:00:00Z ', '1935396000',
  ],
}; // prettier-ignore
const KEY = { fits: ['!', '~', '0', 'a-b:c/d?e="f"', 'K,L;M'], breaks: ['a b', 'a\tb', 'clé', '\u0080'] };
const ENTITY_TAGS = {
  fits: ['*', '""', '"a"', 'W/"a"', '"a", "b"', '"a",W/"b" ,"c"', ',"a"', '"a",,"b",', '"!#~\u0080\u00ff"', '"a,b"'],
  breaks: ['', 'current', '"open', 'open"', 'w/"x"', 'W/x', "'x'", '"a" "b"', '*, "a"', '"a", *', '**', '"a";"b"', '"a b"', '"a"b"'], // prettier-ignore
};

/** By the pattern as the contract spells it. */
export const PATTERN_SAMPLES: Readonly<Record<string, TextSamples>> = {
  [String.raw`^[\t-\r ]*(?=[^\p{White_Space}]{3,254}[\t-\r ]*$)[^@\p{White_Space}\u0000\p{Cs}]+@[^@\p{White_Space}\u0000\p{Cs}]+[\t-\r ]*$`]:
    EMAIL,
  [String.raw`^[^\u0000\p{Cs}]*$`]: ANY_TEXT,
  [String.raw`^(?=[^]*\P{White_Space})[^\u0000\p{Cs}]*$`]: {
    fits: VISIBLE,
    breaks: ['', ...WHITE_SPACE, ...BROKEN_UNICODE],
  },
  [String.raw`^(?:|(?=[^]*\P{White_Space})[^\u0000\p{Cs}]*)$`]: {
    fits: ['', ...VISIBLE],
    breaks: [...WHITE_SPACE, ...BROKEN_UNICODE],
  },
  [String.raw`^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`]: UUID,
  [String.raw`^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$`]:
    INSTANT,
  [String.raw`^[!-~]+$`]: KEY,
  [String.raw`^(\*|(,[\t ]*)*(W/)?"[!#-~\x80-\xff]*"([\t ]*,([\t ]*(W/)?"[!#-~\x80-\xff]*")?)*)$`]: ENTITY_TAGS,
};

/** What a format asks for beyond the pattern beside it; `password` is a hint to clients and refuses nothing. */
export const FORMAT_SAMPLES: Readonly<Record<string, TextSamples>> = {
  'date-time': {
    fits: ['2028-02-29T10:00:00Z', '2031-04-30T10:00:00Z', '2000-02-29T00:00:00Z'],
    breaks: ['2031-02-29T10:00:00Z', '2028-02-30T10:00:00Z', '2031-04-31T10:00:00Z', '2100-02-29T10:00:00Z'],
  },
  uuid: { fits: [], breaks: [] },
  password: { fits: [], breaks: [] },
};
