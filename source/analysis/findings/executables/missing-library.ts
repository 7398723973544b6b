import type { ElfFact } from '../../../facts/executables/executable-facts.ts';
import { inParts, type Steps } from '../../../steps.ts';
import { stringAt } from '../../../tar/changeset.ts';
import { isVisible } from '../../packages/path-facts.ts';
import type { FindingInput } from '../finding.ts';
import { type ProgramLookup, variableOf } from './program-lookup.ts';

const NODES_A_STEP = 8192;

/** NVIDIA's runtime brings the driver's libraries into a container as it starts. */
const OF_DRIVERS = /^lib(?:cuda|nv)/;
/** musl's loader is these libraries (musl, ldso/dynlink.c, `load_library`). */
const OF_MUSL = /^lib(?:c|pthread|rt|m|dl|util|xnet)\./;

/**
 * The first library that a program needs and that is nowhere in the image; null if none is missing. One in any folder counts as there, since
 * the loader's own settings may name that.
 */
export function* findMissingLibrary(
	{ needed, interpreter }: Pick<ElfFact, 'needed' | 'interpreter'>,
	{ tree, description: { config } }: FindingInput,
	lookup: ProgramLookup,
): Steps<string | null> {
	const folders = variableOf(config, 'LD_LIBRARY_PATH')?.split(':') ?? [];
	if (folders.some((folder) => lookup.isMounted(folder) || folder.includes('$'))) return null;
	const isMusl = /\/ld-musl-/.test(interpreter ?? '');
	const missing = new Set(
		(needed ?? []).filter(
			(name) => /^[\w.+-]+$/.test(name) && !OF_DRIVERS.test(name) && !(isMusl && OF_MUSL.test(name)),
		),
	);
	yield* inParts(tree.nodeCount, NODES_A_STEP, (from, to) => {
		for (let node = from; node < to && missing.size > 0; node++) {
			const name = stringAt(tree.names, node);
			const text = Buffer.from(name.buffer, name.byteOffset, name.length).toString('latin1');
			if (missing.has(text) && isVisible(tree, node)) missing.delete(text);
		}
	});
	const [first] = missing;
	return first ?? null;
}
