import assert from 'node:assert/strict';
import { createHandleInflater } from '../../../source/tar/compression/zlib-handle.ts';
import { createGzipInflater } from '../../../source/tar/inflate/gzip-inflater.ts';
import { cut, runInflater } from './run-inflater.ts';

/** Insists that data is judged as zlib judges it, in whatever chunks it comes. What is given out before a fault depends on the sizes of windows, so it is compared only as far as both gave it. */
export function assertLikeZlib(data: Uint8Array, places: readonly number[] = []): void {
	const expected = runInflater(createHandleInflater('gzip'), [data]);
	const { output, fault } = runInflater(createGzipInflater(), cut(data, places));
	assert.equal(fault, expected.fault);
	const bytes = fault === null ? expected.output.length : Math.min(output.length, expected.output.length);
	assert.ok(output.subarray(0, bytes).equals(expected.output.subarray(0, bytes)));
	if (fault === null) assert.equal(output.length, bytes);
}
