import { test } from 'node:test';
import fc from 'fast-check';
import { TarError } from '../../source/tar/tar-error.ts';
import { arbitraryTar } from '../support/go/arbitrary-tars.ts';
import { assertLikeGo } from '../support/go/assert-like-go.ts';
import { compileGoReader } from '../support/go/read-with-go.ts';
import { runs } from '../support/runs.ts';
import { scanAllWays } from '../support/scan.ts';

const readWithGo = compileGoReader();

test("odd headers are read as Go's archive/tar reads them, with a warning for what it refuses", (t) => {
	if (readWithGo === null) t.diagnostic('Go is not installed: only our own ways of reading are compared.');
	fc.assert(
		fc.property(arbitraryTar, ({ bytes }) => {
			insistOnOneMeaning(bytes);
			if (readWithGo) assertLikeGo(bytes, readWithGo([bytes])[0]);
		}),
		{ numRuns: runs(4000) },
	);
});

/** By position and as a stream, tars have the same entries and warnings, or the same error. */
function insistOnOneMeaning(tar: Uint8Array): void {
	try {
		scanAllWays(tar);
	} catch (error) {
		if (!(error instanceof TarError)) throw error;
	}
}
