/**
 * A copy of bytes whose buffer is about to be used again. `slice` copies a `Uint8Array`, but of a `Buffer`, which is one too, it
 * makes a view.
 */
export function copyOf(bytes: Uint8Array): Uint8Array {
	return new Uint8Array(bytes);
}
