import { formatCount } from '../../text/bytes.ts';

/** Why a path was not made. */
export type LeftOutReason =
	/** Devices and fifos. */
	| 'special'
	/** A name or a target that this file system cannot have. */
	| 'impossible'
	/** A hard link to nothing, which has no content. */
	| 'dangling'
	/** A folder above it must not be written to. */
	| 'denied'
	/** Something has that name already. */
	| 'exists'
	/** A folder above it is no folder below DIR, but a file or a symlink. */
	| 'in-the-way';

/** Counts what was left out, with an example of each. */
export class LeftOut {
	readonly #found = new Map<LeftOutReason, { count: number; readonly example: string }>();

	/** `path` is safe for a terminal. */
	add(reason: LeftOutReason, path: () => string): void {
		const found = this.#found.get(reason);
		if (found === undefined) this.#found.set(reason, { count: 1, example: path() });
		else found.count += 1;
	}

	count(...reasons: readonly LeftOutReason[]): number {
		return reasons.reduce((sum, reason) => sum + (this.#found.get(reason)?.count ?? 0), 0);
	}

	/** A line each, for what cannot be helped. */
	warnings(): readonly string[] {
		return [
			this.#line('special', 'left out {}: devices and fifos are not made'),
			this.#line('impossible', 'left out {}: this file system cannot have the name, the target or the size'),
			this.#line('dangling', 'left out {}: a hard link to what is no file has no content'),
		].flatMap((line) => line ?? []);
	}

	/** Whether nothing was in the way but permissions. */
	get isDeniedOnly(): boolean {
		return this.count('exists', 'in-the-way') === 0;
	}

	/** What was in the way of paths; null for nothing. */
	conflict(): string | null {
		return (
			this.#line('exists', '{} left out because something is there already') ??
			this.#line('in-the-way', '{} left out because a folder above is a file or a symlink there') ??
			this.#line('denied', '{} left out because a folder above must not be written to')
		);
	}

	#line(reason: LeftOutReason, text: string): string | null {
		const found = this.#found.get(reason);
		if (found === undefined) return null;
		const { count, example } = found;
		const paths = count === 1 ? example : `${formatCount(count)} paths, such as ${example},`;
		return text.replace('{}', () => paths).replace(/,:/, ':');
	}
}

/** The system's code of an error, or an empty text. */
export function codeOf(error: unknown): string {
	return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Whether an error is about a name, a target or a size that no file can have here. */
export function isImpossible(error: unknown): boolean {
	return ['ENAMETOOLONG', 'EILSEQ', 'EINVAL', 'EFBIG', 'ERR_INVALID_ARG_VALUE'].includes(codeOf(error));
}
