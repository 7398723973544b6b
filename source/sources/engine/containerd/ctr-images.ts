import { FathomError } from '../../../errors.ts';
import { formatReference, parseReference } from '../../../image/reference.ts';
import { withoutStop } from '../engine-error.ts';
import { noSuchImage, similarNames } from '../image-name.ts';
import { askCtr, type Ctr, type ListedImage, parseImageList } from './ctr.ts';

/** An image that containerd has, by all its names. */
export interface CtrImage {
	readonly digest: string;
	readonly names: readonly string[];
}

/**
 * Looks for an image by its name as written, its name in full (`nginx` is `docker.io/library/nginx:latest`), or its digest or the start of
 * one. Throws `not-found`, with the other namespaces that have it in the hint.
 */
export async function findCtrImage(ctr: Ctr, signal?: AbortSignal): Promise<CtrImage> {
	const { place, input } = ctr;
	const wanted = namesOf(input.name);
	const listed = await list(ctr, [...wanted.map(byName), ...byDigest(input.name)], signal);
	const named = wanted.map((name) => listed.find((image) => image.name === name)).find(Boolean);
	const found = named ?? listed[0];
	if (found === undefined) {
		const others = await otherNamespaces(ctr, wanted, signal);
		if (others.length > 0) throw elsewhere(ctr, others);
		const all = await askCtr(ctr, ['images', 'ls', '-q'], signal);
		const names = all.stdout.toString().split('\n').filter(Boolean);
		const where = `${place.label}, namespace ${place.namespace},`;
		throw noSuchImage(where, input.name, similarNames(input.name, names), 'ctr images pull');
	}
	const same = await list(ctr, [`target.digest=="${found.digest}"`], signal);
	return { digest: found.digest, names: same.map(({ name }) => name) };
}

async function list(
	ctr: Ctr,
	filters: readonly string[],
	signal?: AbortSignal,
): Promise<readonly ListedImage[]> {
	const { exitCode, stdout, said } = await askCtr(ctr, ['images', 'ls', ...filters], signal);
	if (exitCode === 0) return parseImageList(stdout.toString());
	const isDenied = /permission denied/i.test(said);
	throw new FathomError({
		code: isDenied ? 'denied' : 'unavailable',
		message: `${ctr.place.label} does not answer: ${withoutStop(said) || `ctr ended with ${exitCode}`}.`,
		hint: 'Look whether it runs, and whether CONTAINERD_ADDRESS names its socket.',
	});
}

function namesOf(name: string): readonly string[] {
	const full = fullName(name);
	return full === null || full === name ? [name] : [name, full];
}

function fullName(name: string): string | null {
	try {
		return formatReference(parseReference(name));
	} catch {
		return null;
	}
}

function byName(name: string): string {
	return `name=="${name}"`;
}

function byDigest(name: string): readonly string[] {
	const digest = /(?:^|@)(?:sha256:)?([0-9a-f]{6,64})$/.exec(name)?.[1];
	return digest === undefined ? [] : [`target.digest~="^sha256:${digest}"`];
}

const MOST_NAMESPACES = 20;

async function otherNamespaces(
	ctr: Ctr,
	wanted: readonly string[],
	signal?: AbortSignal,
): Promise<readonly string[]> {
	const { exitCode, stdout } = await askCtr(ctr, ['namespaces', 'ls', '-q'], signal);
	const names = exitCode === 0 ? stdout.toString().split(/\s+/).filter(Boolean) : [];
	const others = names.filter((name) => name !== ctr.place.namespace).slice(0, MOST_NAMESPACES);
	const holding: string[] = [];
	for (const namespace of others) {
		const there = { ...ctr, place: { ...ctr.place, namespace } };
		const answer = await askCtr(there, ['images', 'ls', '-q', ...wanted.map(byName)], signal);
		if (answer.exitCode === 0 && answer.stdout.length > 0) holding.push(namespace);
	}
	return holding;
}

function elsewhere({ place, input }: Ctr, namespaces: readonly string[]): FathomError {
	return new FathomError({
		code: 'not-found',
		message: `${place.label}, namespace ${place.namespace}, has no image ${input.name}.`,
		hint: `It is in the namespace ${namespaces.join(', ')}: --namespace ${namespaces[0]}`,
	});
}
