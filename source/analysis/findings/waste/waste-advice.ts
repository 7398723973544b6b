import type { Steps } from '../../../steps.ts';
import {
	type EditedInstruction,
	isLinked,
	joinRuns,
	withCopyFlag,
} from '../../../text/dockerfile/edit-instruction.ts';
import { layerThatBrought } from '../content-origin.ts';
import type { Advice, FindingInput } from '../finding.ts';
import { instructionText, isOfBaseImage, isOfNamedBase } from '../layer-instruction.ts';
import { nameOfLayer } from '../name-of-layer.ts';
import { type ChangedAttributes, changedAttributes } from './changed-attributes.ts';
import { hasPosixShell, isRightBehind } from './neighbours.ts';
import type { WasteCode, WasteGroup } from './waste-group.ts';
import { endsAs } from './whole-layer.ts';

/** What to do about bytes that one layer ships and another wastes. */
export function* adviseOnWaste(group: WasteGroup, input: FindingInput): Steps<Advice> {
	const { code, shippedIn } = group;
	const isRemoved = code === 'removed-later' || code === 'package-cache-removed';
	if (isRemoved && isOfBaseImage(input, shippedIn)) return { text: REMOVED_BASE, edit: null };
	const origin = isRemoved ? yield* layerThatCopied(group, input) : null;
	// An edit of what only ships it again would be of no use with the one that keeps it from being shipped again.
	if (origin !== null && origin !== shippedIn)
		return { text: `${REMOVED_COPY} It comes from ${nameOfLayer(input, origin)}.`, edit: null };
	const text = origin !== null && code === 'removed-later' ? REMOVED_COPY : texts[code];
	return { text, edit: yield* editFor(group, input) };
}

const REMOVED_BASE =
	'It comes with the base image: build on one without it. No later layer can take back what a lower one ships.';

const REMOVED_COPY =
	'Copy less (.dockerignore), or mount it in the RUN that needs it (RUN --mount=type=bind): no later layer can take back what a lower one ships.';

/** The layer of the `COPY` or `ADD` that most of the bytes come from; null where an instruction made them. */
function* layerThatCopied({ rows, shippedIn, bytes }: WasteGroup, input: FindingInput): Steps<number | null> {
	const { tree } = input;
	const sums = new Map<number, number>();
	for (const [index, row] of rows.entries()) {
		if (index % ROWS_A_STEP === ROWS_A_STEP - 1) yield;
		const layer = layerThatBrought(tree, tree.waste.nodes[row], shippedIn);
		sums.set(layer, (sums.get(layer) ?? 0) + tree.waste.bytes[row]);
	}
	const [origin] = [...sums].find(([, sum]) => sum * 2 > bytes) ?? [shippedIn];
	return /^\s*(?:COPY|ADD)\s/i.test(instructionText(input, origin) ?? '') ? origin : null;
}

const ROWS_A_STEP = 4096;

const texts: Readonly<Record<WasteCode, string>> = {
	'removed-later':
		'Remove it in the instruction that makes it: no later layer can take back what a lower one ships.',
	'package-cache-removed':
		'Empty the cache in the RUN that fills it, or keep it outside of the image with RUN --mount=type=cache.',
	'replaced-later': 'Write the final content once: what a lower layer ships stays in the image.',
	'package-upgraded':
		'Build on a newer base that has these packages, in place of upgrading them on top of it.',
	'owner-changed':
		'Set the owner where the files are made, with COPY --chown or with chown in the same RUN, and leave out the later chown.',
	'mode-changed':
		'Set the mode where the files are made, with COPY --chmod (BuildKit or Podman) or with chmod in the same RUN, and leave out the later chmod.',
	'attributes-changed': 'Set capabilities and other attributes in the RUN that makes the files.',
	'copied-again': 'Copy it once: leave out the second copy, or copy only what changed.',
	'twice-in-layer': 'Write each path once: the tool that makes this layer adds some of them twice.',
};

/** Null where no one line would do: the base's lines are not the user's, and Windows has other owners and shells. */
function* editFor(group: WasteGroup, input: FindingInput): Steps<EditedInstruction | null> {
	const { code, shippedIn, wastedIn } = group;
	const shipping = instructionText(input, shippedIn);
	if (shipping === null || isOfNamedBase(input, shippedIn)) return null;
	if (input.description.platform?.os === 'windows') return null;
	if (code === 'owner-changed' || code === 'mode-changed') {
		const copy = yield* copyWithFlag(group, input, shipping);
		if (copy !== null) return copy;
	}
	if (code === 'package-upgraded' || code === 'twice-in-layer') return null;
	const wasting = instructionText(input, wastedIn);
	if (wasting === null || !hasPosixShell(input.description, shippedIn)) return null;
	return isRightBehind(input.description, shippedIn, wastedIn) ? joinRuns(shipping, wasting) : null;
}

/** The flag is about all that the instruction copies, so that all of it has to end with one owner or mode. */
function* copyWithFlag(
	group: WasteGroup,
	input: FindingInput,
	shipping: string,
): Steps<EditedInstruction | null> {
	const { code, rows, shippedIn, wastedIn } = group;
	const { tree } = input;
	const { owner, mode } = changedAttributes(tree, tree.waste.nodes[rows[0]], wastedIn);
	const wanted: ChangedAttributes = code === 'owner-changed' ? { owner, mode: null } : { owner: null, mode };
	const flag = code === 'owner-changed' ? 'chown' : 'chmod';
	const value = owner === null ? octal(mode) : ownerIn(input, group, { ...owner, shipping });
	if (value === null) return null;
	const edit = withCopyFlag(shipping, flag, value);
	if (edit === null || !(yield* endsAs(tree, { layer: shippedIn, until: wastedIn, wanted }))) return null;
	return edit;
}

/**
 * An owner by the names that the instruction says, where it says one pair of names and no instruction since the files were made makes users:
 * only then are they known where the files are made. Otherwise by number, also with `--link` (BuildKit, issue 2987).
 */
function ownerIn(
	input: FindingInput,
	{ shippedIn, wastedIn }: WasteGroup,
	{ uid, gid, shipping }: { readonly uid: number; readonly gid: number; readonly shipping: string },
): string {
	const numbers = `${uid}:${gid}`;
	if (isLinked(shipping)) return numbers;
	for (let layer = shippedIn; layer <= wastedIn; layer++)
		if (USER_MAKERS.test(instructionText(input, layer) ?? '')) return numbers;
	const instruction = instructionText(input, wastedIn) ?? '';
	const owners = [...instruction.matchAll(/\bch(?:own|grp)\s+(?:-\S+\s+)*(\S+)/g)].map(([, words]) => words);
	const [names] = owners;
	const isSaid = names !== undefined && owners.every((other) => other === names);
	return isSaid && NAMES.test(names) ? names : numbers;
}

const USER_MAKERS = /\b(?:useradd|adduser|groupadd|addgroup|usermod|groupmod)\b/;

const NAMES = /^[a-z_][a-z0-9_-]{0,31}:[a-z_][a-z0-9_-]{0,31}$/;

function octal(mode: number | null): string | null {
	return mode === null ? null : mode.toString(8).padStart(4, '0');
}
