/*
 * Layers as xz and bzip2 write them: what writes them is not on every machine. Each has three files that are much larger than what a decoder
 * gives at once.
 */

const LINES = 60_000;

/** The content of `fileN` in layer `layer`. */
export function lineContent(layer: number, number: number): Buffer {
	return Buffer.alloc(LINES * 15, `layer ${layer} file ${number}\n`);
}

const packed = {
	xz: [
		[
			'/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj///oAc9dADMaSda4P1nuqP1FCuSiZc4EopPXaqvtsrBmlTmGs9D6S4Atm4xt2JxuTKB1+OVy',
			'Bv5/GKtSNENFtNFOLmBYkP4dpkmgzYBPv2PxkpdjSCYpqHplOmcS3a40+xncFbJkj/2yxet5YCaH+3fJbI9+ctS013Ne+iBc/bph0yee',
			'Q1qq0Ob8Un3GGw06xxsMal9GRursjGvgLl+qDz5LZkKQEw7/EJP4cXhZ+AvN/5UoRg+p/Hze+5owLlbAj4Xzg4HAZcQlU/j1kTYxBaWw',
			'7m/BcE1HDNGREaqtYB26zrEnGFxZhulmUli+6XasWeTlWwUI+cfarfz7Uit0zR5bIEL3MwrlUyz8U1RpyIif43yzPHC+4D1yzUGHl3my',
			'VvnnwlgPFCxL/1omrHIMFpKnvjmPJOFwnqcjX+woy4XRlZiKfiqR8id19xnABphNmP3Yr9WQD8QlU/j1kTYxBaWw7m/BcE1HDNGREaqt',
			'YB26zrEnGFxZhulmUli+6XasWeTlWwUI+cfarfz7Uit0zR5bIEL53VM9+ClisJb7o6i72pTeiMcGOwLkOJEKn2hJmKyQk5rrLf8u65od',
			'us6xJxhcWYbpZlJYvul2rFnk5VsFCPemO3mJQBYAXwDsc1On/b6ufDEan7eNMW5wnqcjX+woy4XRlZiKfiqR8id19xnABphNmP3Yr9WQ',
			'D8QlU/j1kTYxBaWw7m/BcE1HDNGREaqtYB26zrEnGFxZhulmUli+t1RbD6jDkS+IAACEi/E7DkafpwAB0ASAgKUBs7vwjLHEZ/sCAAAA',
			'AARZWg==',
		].join(''),
		[
			'/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj///oAdBdADMaSda4P1nuqP1FCuSiZc4EopPXaqvtsrBmlTmGs9D6S4Atm4xt2JxuTKB1+OVy',
			'Bv5/GKtSNEOkWq2Hq7gr9xu9kYCNYV3eoCP19AOFK5DEDg2kggD6QpszPPKBY1Q6iiyKZtMyYG7g7NHFvSwxppg90aseqj2ZDeSmxVkx',
			'PcN4mjaCto2LF+8LLHZvAf8Bwtr0Y0cmOAX/PlnComxCy4g/XACP0E6vJiiUcR89jyThcJ6nI1/sKMuF0ZWYin4qkfIndfcZwAaYTZj9',
			'2K/VkA/EJVP49ZE2MQWlsO5vwXBNRwzRkRGqrWAdus6xJxhcWYbpZlJYvul2rFnk5VsE4qFA8Pui4QvdKsZ/NPtMht0jszXbwqQLnsYT',
			'i+svahVuSrm1hr4Hpb0uX6oPPktmQpATDv8Qk/hxeFn4C83/lShGD6n8fN77mjAuVsCPhfODgcBlxCVT+PWRNjEFpbDub8FwTUcM0ZER',
			'qq1gHbrOsScYXFmG6WZSWL7pdqxZ5OVbBQj5x9qt/PtSK3TNHlsgQvndUz34E592XXI6TLvl4ELYLvJjFzwLmm2OKt7DR7cXX6RM1yOA',
			'ncAGmE2Y/div1ZAPxCVT+PWRNjEFpbDK9M14iUAWAF8A7HNTp/2+rnwxGp+3jTFucJ6nI1/sKMuF0ZWYin4qkfIndfcZwAaYTZj92K/V',
			'kA/EJVP49ZE2MQWlsO5vwXBNRwzRkRGqrWAdus6xJxhcWYbpZlJYvrdUWw+ow5EviAAAAAAAEDelg9+a93sAAdEEgIClARZorEexxGf7',
			'AgAAAAAEWVo=',
		].join(''),
	],
	bzip2: [
		[
			'QlpoOTFBWSZTWeUbFiwEk+LbgMiQQABPgAAIYyQeIAgAMADSgRUCAyADCaqSGjQDQNCg0aNBkBpwYnL1vtOGeLNihKSMeFEpIzkSkjdI',
			'lJGWmWeFkUSgi0iJC0AtKNTCxOVaSnE87BFEERfpEpI6SJSR7IlJGqiUkbfZEpI+6yJSRtttvkSkjt/MUFZJlNZlPLDlQST5tuAyJBAA',
			'G+AAAxjJB4gCAAwAPjGKAAAMmQJqqJoAANNNApUkzST1DTJkyGdcuQ48Zcbc8MmE5okSVp2reKRJWESJK1ikSVjjTfE0BRJW2iY6YOnL',
			'OyJEla/Lf4Y7u23HLF9zpEpI/KJSRxUSkj1nMcKSUke5rhKSkjQiUkaeFEpI111yUSkib/MUFZJlNZj/JBhgJKAduAyJBAAH+AAAxjJB',
			'4gCAAwAOgwilNGgAAAJqoqeUZMR6mTRmhTRoA0AAV0zJAYczL6rIJhDdbCMKIIIiyrQUpI6qJSRqolJHLHDCyolJGuZY+8VnlonX4zRS',
			'kjX6uG1nbTjaZd//BRKSPKiUkcVEpI/f6RKSO6iUkb+JEpI22USkjfffRRKSJfMUFZJlNZvZFFRAAAo1mAwBBAAFAAMyQQIAAIIABQgA',
			'ABSqaEzUeU2sYk7JomSeE8E1R84JsnJNEzRsnpNUbyv4u5IpwoSGyzPLwA==',
		].join(''),
		[
			'QlpoOTFBWSZTWcZq0h0Ek+LbgMiQQABvgAAIYyQeIAgAMADSgSUaEMNQABNVKGQ0AA0KAAaBkyMmJx9brTLPFmxQlJGO6iUkZyJSRpIl',
			'JGzTLfhbFEpISpERB4A7SEJCBCEmwUcm2JtKJ30CJSR+kSkjjIlJHsiUkeVEpI1+yJSR98SJSRrrrukSkjp/MUFZJlNZiJ4BOAST5tuA',
			'yJBAAG+AAAxjJB4gCAAwANtoEVExANAACaqiAAANPUEVIPU00AAEWQVgU5gpbORASEmIIgiLVsgokkblEpI1KJSRnx2bslmbYiQrAK2U',
			'moiIIiyzLciNKzjKL30CKUkflEpI4KJSR5+TPKklJHqYylJSRoRKSNO6iUkYxjWolJHX+YoKyTKazvLdovAOpqrcBkSCAAP8AABjGSDx',
			'AEABgAdUBEqmNT0EGAIE1VTTQ0A0ANCmjQBoAA820LAMt6GN1YUCOF8RiiCCItmiNVEpI1UUpIxUSkjjtyiUgk+QPGNyOkQUQRFrAUEE',
			'Y2dLLOwzx32OD181FEpI/KJSRvUSkjz7kSkj0olJGn2RKSM81EpI000xUSkjp/MUFZJlNZqBZUNwAAo1mAwBBAADAAMyQQIAAIIABQgA',
			'ABSqaEzUeU2sYk7JomSeE8E1R84JsnJNEzRsnpNUbyv4u5IpwoSALH1EMA==',
		].join(''),
	],
};

/** Two layers in each of these formats, lowest first. */
export const packedLayers = {
	xz: packed.xz.map((text) => Buffer.from(text, 'base64')),
	bzip2: packed.bzip2.map((text) => Buffer.from(text, 'base64')),
} as const;
