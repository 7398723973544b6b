import fc from 'fast-check';

/** A code point of any text; 0xd800 to 0xdfff are halves of pairs. */
const codePoint = fc.oneof(
	fc.integer({ min: 0, max: 0x7f }),
	fc.integer({ min: 0x80, max: 0xd7ff }),
	fc.integer({ min: 0xe000, max: 0x10_ffff }),
);

/** Any valid text. fast-check's own unit `binary` takes seconds to be set up. */
export function anyText(constraints: { readonly maxLength?: number } = {}): fc.Arbitrary<string> {
	return fc.string({ unit: codePoint.map((each) => String.fromCodePoint(each)), ...constraints });
}
